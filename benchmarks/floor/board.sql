WITH page AS (
    SELECT c.*, row_number() OVER (ORDER BY c.updated_at DESC, c.id DESC) AS at FROM "case" c
    WHERE c.state = $2 AND (c.holder_office_id = $1 OR c.id IN (SELECT case_id FROM referral WHERE to_office_id = $1))
    ORDER BY c.updated_at DESC, c.id DESC LIMIT $3 + 1
)
SELECT json_build_object('data', json_build_object('cases', json_build_object(
    'nodes', coalesce(json_agg(json_build_object(
        'reference', p.reference,
        'title', p.title,
        'state', p.state,
        'priority', p.priority,
        'openedAt', p.opened_at,
        'dueAt', p.due_at,
        'citizen', json_build_object('name', z.title || z.given_name || ' ' || z.family_name),
        'volunteer', CASE WHEN v.id IS NOT NULL THEN json_build_object(
            'name', 'อาสาสมัครแรงงาน' || CASE WHEN va.code LIKE '10%' THEN 'แขวง' ELSE 'ตำบล' END || va.name_th,
            'area', json_build_object('name', va.name_th)) END,
        'holder', json_build_object('name', coalesce(
            o.name_th, 'อาสาสมัครแรงงาน' || CASE WHEN ha.code LIKE '10%' THEN 'แขวง' ELSE 'ตำบล' END || ha.name_th)),
        'referrals', json_build_object('nodes', coalesce(r.nodes, '[]'))
    ) ORDER BY p.at) FILTER (WHERE p.at <= $3), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) > $3)
)))::text
FROM page p
JOIN citizen z ON z.id = p.citizen_id
LEFT JOIN seat v ON v.id = p.volunteer_seat_id
LEFT JOIN area va ON va.code = v.area_code
LEFT JOIN office o ON o.id = p.holder_office_id
LEFT JOIN seat h ON h.id = p.holder_seat_id
LEFT JOIN area ha ON ha.code = h.area_code
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('toOffice', json_build_object('name', t.name_th), 'state', f.state)
                    ORDER BY f.sent_at DESC, f.id DESC) AS nodes
    FROM (SELECT * FROM referral WHERE case_id = p.id ORDER BY sent_at DESC, id DESC LIMIT 5) f
    JOIN office t ON t.id = f.to_office_id
) r ON true
