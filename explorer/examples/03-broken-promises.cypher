// Promises that somebody reads as not kept, and who says so
MATCH (by:Actor)<-[:OWED_BY]-(c:Commitment)-[:HAS_ASSESSMENT]->(s:Assessment {verdict: 'not-kept'})-[:HELD_BY]->(h:Entity)
RETURN c.text AS promise, collect(DISTINCT by.name) AS owed_by, h.name AS according_to, s.text AS reading
ORDER BY promise
