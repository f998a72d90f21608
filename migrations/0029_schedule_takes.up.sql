-- Who may write what became of a run or a delivery, and how often its sending was cut off.

-- How often it was taken by whoever works on it, never set back: only the last may say how it went. Attempts begin anew when
-- somebody asks for another try, or after an erasure.
ALTER TABLE report_run ADD COLUMN takes integer NOT NULL DEFAULT 0;
ALTER TABLE report_delivery
  ADD COLUMN takes integer NOT NULL DEFAULT 0,
  -- Tries that ended without saying how they went, since somebody last asked for one.
  ADD COLUMN cut_off smallint NOT NULL DEFAULT 0;
