DROP TABLE IF EXISTS audit_checkpoint, audit_event CASCADE;
DROP FUNCTION IF EXISTS audit_retire(), audit_refuse();
