// Relationships that cases are made of: who does what to whom about what, who wants what, and what led to what.
// Parameters: none. Columns: source, type, target, record, iri, role, how, represents, text, date, status, sources.
MATCH (a:Entity)-[r:BY|TOWARDS|ABOUT|OWED_BY|OWED_TO|UNDER|LED_TO|WANTS|PARTICIPATED_IN|ATTENDED]->(b:Entity)
RETURN a.id AS source, type(r) AS type, b.id AS target, r.record AS record, r.iri AS iri, r.role AS role, r.how AS how,
  r.represents AS represents, r.text AS text, r.date AS date, r.status AS status, r.sources AS sources
ORDER BY record, type, source, target, iri
