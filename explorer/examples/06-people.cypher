// People who took part in more than one episode
MATCH (p:Person)-[:PARTICIPATED_IN]->(e:Episode)
WITH p, collect(DISTINCT e.name) AS episodes
WHERE size(episodes) > 1
RETURN p.name AS person, size(episodes) AS n, episodes
ORDER BY n DESC, person
