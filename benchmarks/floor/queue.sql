WITH page AS (
    SELECT c.*, row_number() OVER (ORDER BY c.updated_at DESC, c.id DESC) AS at FROM "case" c
    WHERE c.holder_seat_id = $1 ORDER BY c.updated_at DESC, c.id DESC LIMIT $2 + 1
)
SELECT json_build_object('data', json_build_object('cases', json_build_object(
    'nodes', coalesce(json_agg(json_build_object(
        'reference', p.reference,
        'title', p.title,
        'state', p.state,
        'priority', p.priority,
        'dueAt', p.due_at,
        'citizen', json_build_object('name', z.title || z.given_name || ' ' || z.family_name),
        'problems', b.problems,
        'area', json_build_object('name', a.name_th)
    ) ORDER BY p.at) FILTER (WHERE p.at <= $2), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) > $2)
)))::text
FROM page p
JOIN citizen z ON z.id = p.citizen_id
JOIN area a ON a.code = p.area_code
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('type', json_build_object('name', t.name_th)) ORDER BY q.position) AS problems
    FROM case_problem q JOIN problem_type t ON t.code = q.problem_type_code WHERE q.case_id = p.id
) b
