-- Retention by class, by receipt time; and when the master key of `instance` became the current one.

ALTER TABLE instance ADD COLUMN key_since timestamptz;

-- One row a class that has a limit of its own; without a row the default of the code holds.
CREATE TABLE retention_setting (
  class text PRIMARY KEY CHECK (class IN ('raw', 'facts', 'audit', 'parked', 'access')),
  days integer NOT NULL CHECK (days BETWEEN 1 AND 36500)
);

-- What each run removed, for the page and for whoever asks later. Kept for as long as the audit log.
CREATE TABLE retention_run (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at timestamptz NOT NULL,
  -- Null while it runs, or when it was cut off.
  finished_at timestamptz,
  -- By whom: 'schedule' or 'command'.
  started_by text NOT NULL,
  -- {class: count}
  removed jsonb NOT NULL DEFAULT '{}',
  failure text
);
