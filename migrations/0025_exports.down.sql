ALTER TABLE export_job DROP COLUMN erasures_seen;
