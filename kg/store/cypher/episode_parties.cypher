// Collective parties of all episodes with each of their roles: who the principals are.
// Parameters: none. Columns: episode, id, name, short, role.
MATCH (a:Actor)-[r:PARTICIPATED_IN]->(e:Episode)
WHERE a.type <> 'Person'
RETURN e.id AS episode, a.id AS id, a.name AS name, a.short AS short, r.role AS role
ORDER BY episode, id, role
