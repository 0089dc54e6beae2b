// Chains of three events, one leading to the next
MATCH p = (a:Event)-[:LED_TO]->(b:Event)-[:LED_TO]->(c:Event)-[:LED_TO]->(d:Event)
WHERE a.record = 'korean-armistice-talks'
RETURN p
LIMIT 25
