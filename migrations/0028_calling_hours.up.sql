-- Hours in which customers may be called, minutes from local midnight of each team. On Saturdays and Sundays others, or none.
ALTER TABLE organisation
  ADD COLUMN calling_start_minutes smallint NOT NULL DEFAULT 480,
  ADD COLUMN calling_end_minutes smallint NOT NULL DEFAULT 1260,
  ADD COLUMN weekend_calling_start_minutes smallint DEFAULT 480,
  ADD COLUMN weekend_calling_end_minutes smallint DEFAULT 1260,
  ADD CONSTRAINT organisation_calling_hours
    CHECK (calling_start_minutes >= 0 AND calling_start_minutes < calling_end_minutes AND calling_end_minutes <= 1440),
  ADD CONSTRAINT organisation_weekend_calling_hours
    CHECK ((weekend_calling_start_minutes IS NULL) = (weekend_calling_end_minutes IS NULL)
      AND weekend_calling_start_minutes >= 0 AND weekend_calling_start_minutes < weekend_calling_end_minutes
      AND weekend_calling_end_minutes <= 1440);
