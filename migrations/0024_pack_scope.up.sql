-- What the owner could see when a pack was made: whoever sees less by now gets it no more. Null: made before this was kept.
ALTER TABLE report_run ADD COLUMN scope jsonb;
