// Patrons and clients on the same side of an episode
MATCH (p:Actor)-[r:PARTICIPATED_IN {role: 'patron'}]->(e:Episode)<-[s:PARTICIPATED_IN {role: 'client'}]-(c:Actor)
WHERE r.side = s.side
RETURN p.name AS patron, c.name AS client, e.name AS episode
ORDER BY e.earliest, patron
