ALTER TABLE report_run DROP COLUMN scope;
