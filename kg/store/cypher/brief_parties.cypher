// Who took part in some episodes, and who wanted what in them.
// Parameters: ids (of the episodes). Columns: record, type, actor, name, actor_type, side, role, text, date, status,
// sources, locators, iri (what a position is cited by).
MATCH (n:Entity)<-[r:PARTICIPATED_IN|WANTS]-(a:Entity)
WHERE n.record IN $ids
RETURN n.record AS record, type(r) AS type, r.iri AS iri, a.id AS actor, a.name AS name, a.type AS actor_type,
       r.side AS side, r.role AS role, r.text AS text, r.date AS date, r.status AS status, r.sources AS sources,
       r.locators AS locators
ORDER BY record, type, actor, iri, role
