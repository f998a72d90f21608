DELETE FROM resolution_task WHERE family <> 'call';
ALTER TABLE resolution_task DROP COLUMN family;
ALTER TABLE customer_first_dial DROP COLUMN sales;
ALTER TABLE call DROP COLUMN sales, DROP COLUMN reached, DROP COLUMN disposition_id;
DROP TABLE outcome_note;
DROP TABLE outcome;
ALTER TABLE organisation DROP COLUMN callback_window_minutes, DROP COLUMN outcome_window_minutes;
