ALTER TABLE report_delivery DROP COLUMN takes, DROP COLUMN cut_off;
ALTER TABLE report_run DROP COLUMN takes;
