ALTER TABLE organisation
  DROP COLUMN calling_start_minutes,
  DROP COLUMN calling_end_minutes,
  DROP COLUMN weekend_calling_start_minutes,
  DROP COLUMN weekend_calling_end_minutes;
