// Episodes and those of their parts that cases are made of.
// Parameters: none. Columns: id, record, type, name, text, date, known, kind, level, topic, codes, status, sources,
// sequence, verification, condition, deadline.
MATCH (e:Episode)
MATCH (n:Entity {record: e.id})
WHERE n:Episode OR n:Issue OR n:Circumstance OR n:Event OR n:Commitment OR n:Agreement OR n:Outcome
RETURN n.id AS id, n.record AS record, n.type AS type, n.name AS name, n.text AS text, n.date AS date, n.known AS known,
  n.kind AS kind, n.level AS level, n.topic AS topic, n.codes AS codes, n.status AS status, n.sources AS sources,
  n.sequence AS sequence, n.verification AS verification, n.condition AS condition, n.deadline AS deadline
ORDER BY id
