// Analogies that somebody drew, and the lesson
MATCH (a:Actor)<-[:DRAWN_BY]-(u:AnalogyUse)
OPTIONAL MATCH (u)-[:PRECEDENT]->(p:Episode)
RETURN u.date AS date, a.name AS drawn_by, coalesce(p.name, u.precedent_name) AS precedent, u.lesson AS lesson
ORDER BY u.earliest
