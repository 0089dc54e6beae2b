// Promises whose performance is read differently by different holders
MATCH (c:Commitment)-[:HAS_ASSESSMENT]->(a:Assessment)-[:HELD_BY]->(x:Entity),
      (c)-[:HAS_ASSESSMENT]->(b:Assessment)-[:HELD_BY]->(y:Entity)
WHERE a.id < b.id AND a.verdict <> b.verdict
RETURN c.record AS episode, c.text AS promise, x.name AS one, a.verdict AS reads, y.name AS other, b.verdict AS reads_it
ORDER BY episode
