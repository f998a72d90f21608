ALTER TABLE presence_todo DROP COLUMN reason, DROP COLUMN by;
ALTER TABLE resolution_task DROP COLUMN reason, DROP COLUMN by;
ALTER TABLE closed_adjustment DROP COLUMN by;
