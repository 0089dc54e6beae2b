// What concessions led to, in every episode
MATCH (m:Move {kind: 'concede'})-[r:LED_TO]->(n:Event)
RETURN m, r, n
