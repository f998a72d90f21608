DROP TABLE report_link;
ALTER TABLE report_delivery DROP COLUMN text_sent_at, DROP COLUMN interrupted;
ALTER TABLE report_run DROP COLUMN erasures_seen;
ALTER TABLE report_schedule DROP COLUMN pack_link, DROP COLUMN pack_link_uses;
