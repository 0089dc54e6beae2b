// Early signs of foot-dragging, and what was tried against it
MATCH (e:Episode)-[:HAS_FAILURE_MODE]->(f:FailureMode {mode: 'foot-dragging'})
OPTIONAL MATCH (f)-[:HAS_RESPONSE]->(r:Response)
RETURN e.name AS episode, f.signs AS early_signs, r.text AS response, r.effect AS effect
ORDER BY e.earliest
