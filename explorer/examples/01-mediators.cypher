// Which states mediated, and where?
MATCH (a:State)-[:PARTICIPATED_IN {role: 'mediator'}]->(e:Episode)
RETURN a.name AS mediator, e.name AS episode, e.date AS date
ORDER BY e.earliest
