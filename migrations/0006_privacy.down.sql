-- What was erased stays erased: its rows get the index they were found by back, and no number.
ALTER TABLE customer DROP CONSTRAINT customer_erased;
UPDATE customer c SET blind_index = t.blind_index, index_key_id = t.index_key_id
FROM customer_tombstone t
WHERE c.blind_index IS NULL AND t.customer_id = c.id
  AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.blind_index = t.blind_index)
  AND NOT EXISTS (SELECT 1 FROM customer_tombstone l WHERE l.blind_index = t.blind_index AND l.erasure_id > t.erasure_id);
-- A number erased twice, or in use again: the older row is found by nothing any more.
UPDATE customer SET blind_index = decode(md5('erased ' || id::text) || md5('customer ' || id::text), 'hex'), index_key_id = 0
WHERE blind_index IS NULL;
ALTER TABLE customer ALTER COLUMN blind_index SET NOT NULL, ALTER COLUMN index_key_id SET NOT NULL;
DROP TABLE agent_tombstone;
DROP TABLE customer_tombstone;
DROP TABLE erasure;
