DROP TABLE IF EXISTS retention_run, retention_setting;
ALTER TABLE instance DROP COLUMN IF EXISTS key_since;
