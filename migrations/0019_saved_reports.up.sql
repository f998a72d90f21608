-- Questions kept under a name. A shared one outlives the account that made it, a private one goes with it.

CREATE TABLE saved_report (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
  -- Null: an account that is gone.
  owner_id integer REFERENCES app_user ON DELETE SET NULL,
  -- The owner while it is theirs alone: then it is deleted with them.
  private_to integer REFERENCES app_user ON DELETE CASCADE,
  visibility text NOT NULL CHECK (visibility IN ('private', 'team', 'organisation')),
  team_id integer REFERENCES team,
  -- A ReportSource, as src/shared/report-schema.ts had it when it was written.
  source jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT saved_report_private CHECK ((visibility = 'private') = (private_to IS NOT NULL)),
  CONSTRAINT saved_report_team CHECK ((visibility = 'team') = (team_id IS NOT NULL))
);
-- Nobody keeps two of one name.
CREATE UNIQUE INDEX saved_report_name ON saved_report (owner_id, lower(name));
CREATE INDEX saved_report_private_to ON saved_report (private_to) WHERE private_to IS NOT NULL;
CREATE INDEX saved_report_of_team ON saved_report (team_id) WHERE team_id IS NOT NULL;
