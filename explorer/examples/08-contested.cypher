// Claims that dispute one another, with those who hold them
MATCH (a:Claim)-[:DISPUTES]->(b:Claim)
OPTIONAL MATCH (a)-[:HELD_BY]->(x:Entity)
OPTIONAL MATCH (b)-[:HELD_BY]->(y:Entity)
RETURN a.text AS claim, x.name AS held_by, b.text AS against, y.name AS held_by_other
