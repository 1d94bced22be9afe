SELECT json_build_object('data', json_build_object('caseByReference', json_build_object(
    'reference', c.reference, 'state', c.state, 'version', c.version, 'title', c.title, 'priority', c.priority,
    'sensitive', c.sensitive, 'channel', c.channel, 'openedAt', c.opened_at, 'updatedAt', c.updated_at,
    'dueAt', c.due_at, 'reviewOn', c.review_on, 'resolvedAt', c.resolved_at, 'endedAt', c.ended_at,
    'area', json_build_object('name', a.name_th, 'parent', json_build_object(
        'name', aa.name_th, 'parent', json_build_object('name', ap.name_th))),
    'citizen', json_build_object(
        'name', z.title || z.given_name || ' ' || z.family_name,
        'phones', (SELECT coalesce(json_agg(value ORDER BY position), '[]') FROM citizen_contact
                   WHERE citizen_id = z.id AND kind = 'PHONE'),
        'addresses', (SELECT coalesce(json_agg(value ORDER BY position), '[]') FROM citizen_contact
                      WHERE citizen_id = z.id AND kind = 'ADDRESS'),
        'identifiers', (SELECT coalesce(json_agg(json_build_object('kind', kind, 'lastFour', last_four) ORDER BY id), '[]')
                        FROM citizen_identifier WHERE citizen_id = z.id),
        'area', json_build_object('name', za.name_th)),
    'narrative', x.narrative, 'workplaceName', x.workplace_name,
    'workplaceArea', CASE WHEN xa.code IS NOT NULL THEN json_build_object('name', xa.name_th) END,
    'problems', (SELECT json_agg(json_build_object(
            'type', json_build_object('name', t.name_th), 'responsibleAgency', json_build_object('name', g.name_th),
            'outcome', q.outcome, 'amountClaimed', q.amount_claimed::text, 'amountRecovered', q.amount_recovered::text
        ) ORDER BY q.position)
        FROM case_problem q JOIN problem_type t ON t.code = q.problem_type_code JOIN agency g ON g.code = t.agency_code
        WHERE q.case_id = c.id),
    'holder', json_build_object('name', h.name),
    'volunteer', json_build_object('name', v.name, 'incumbent', json_build_object('name', v.incumbent)),
    'referrals', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object(
            'kind', r.kind, 'state', r.state, 'toOffice', json_build_object('name', t.name_th),
            'fromSeat', CASE WHEN s.id IS NOT NULL THEN json_build_object('name', s.name) END,
            'sentAt', r.sent_at, 'respondBy', r.respond_by, 'resultBy', r.result_by,
            'reason', y.reason, 'reply', y.reply, 'report', y.report
        ) ORDER BY r.sent_at DESC, r.id DESC), '[]')
        FROM (SELECT * FROM referral WHERE case_id = c.id ORDER BY sent_at DESC, id DESC LIMIT 20) r
        JOIN office t ON t.id = r.to_office_id JOIN referral_content y ON y.referral_id = r.id
        LEFT JOIN LATERAL {post r.from_seat_id} s ON true)),
    'journey', (SELECT json_agg(json_build_object(
            'holder', json_build_object('name', coalesce(o.name_th, s.name)), 'since', l.since, 'until', l.until
        ) ORDER BY l.since, l.id)
        FROM case_holding l LEFT JOIN office o ON o.id = l.office_id LEFT JOIN LATERAL {post l.seat_id} s ON true
        WHERE l.case_id = c.id),
    'timeline', json_build_object('nodes', (SELECT json_agg(json_build_object(
            'kind', e.kind, 'recordedAt', e.recorded_at,
            'actor', CASE WHEN s.id IS NOT NULL THEN json_build_object('name', s.name) END,
            'actorAgency', CASE WHEN e.actor_agency_code IS NOT NULL THEN json_build_object('code', e.actor_agency_code) END,
            'fromState', e.payload ->> 'from', 'toState', e.payload ->> 'to',
            'office', CASE WHEN o.id IS NOT NULL THEN json_build_object('name', o.name_th) END,
            'note', CASE WHEN n.id IS NOT NULL THEN json_build_object('text', n.text) END
        ) ORDER BY e.seq)
        FROM (SELECT * FROM event WHERE subject_kind = 'CASE' AND subject_id = c.id ORDER BY seq DESC LIMIT 20) e
        LEFT JOIN LATERAL {post e.actor_seat_id} s ON true
        LEFT JOIN office o ON o.id = (e.payload ->> 'office')::bigint
        LEFT JOIN note n ON n.id = (e.payload ->> 'note')::bigint))
)))::text
FROM "case" c
JOIN citizen z ON z.id = c.citizen_id JOIN area za ON za.code = z.area_code
JOIN area a ON a.code = c.area_code JOIN area aa ON aa.code = c.amphoe_code JOIN area ap ON ap.code = c.province_code
JOIN case_content x ON x.case_id = c.id LEFT JOIN area xa ON xa.code = x.workplace_area_code
JOIN LATERAL {post c.holder_seat_id} h ON true
JOIN LATERAL {post c.volunteer_seat_id} v ON true
WHERE c.reference = $1
