-- The organisation as people manage it: a tree of teams, agents with addresses of several kinds, calendars, campaigns
-- with titles; and the to-do list of what a change for the past still has to move.

-- ── organisation ────────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE organisation
  ADD COLUMN name text NOT NULL DEFAULT '',
  -- Which way up is good news: red in China, green elsewhere.
  ADD COLUMN trend_colours text NOT NULL DEFAULT 'green_up' CHECK (trend_colours IN ('red_up', 'green_up')),
  -- ORG_TIME_ZONE as last taken over. Null: never compared; a zone set on a screen is not undone by a restart.
  ADD COLUMN configured_time_zone text;
UPDATE organisation SET trend_colours = 'red_up' WHERE country = 'CN';
UPDATE organisation SET configured_time_zone =
  (SELECT time_zone FROM site_version WHERE site_id = 1 ORDER BY valid_from DESC LIMIT 1);

ALTER TABLE team ADD COLUMN archived_at timestamptz;
CREATE INDEX team_parent ON team (parent_id) WHERE parent_id IS NOT NULL;

ALTER TABLE agent
  DROP CONSTRAINT agent_status_check,
  ADD CONSTRAINT agent_status_check CHECK (status IN ('new', 'active', 'left', 'merged', 'erased', 'system')),
  ADD COLUMN merged_into integer REFERENCES agent,
  -- 'hidden': never by name on a public screen.
  ADD COLUMN display text NOT NULL DEFAULT 'public' CHECK (display IN ('public', 'hidden')),
  -- Inclusive.
  ADD COLUMN employed_from date,
  ADD COLUMN employed_until date,
  ADD CONSTRAINT agent_merged CHECK ((status = 'merged') = (merged_into IS NOT NULL) AND merged_into <> id),
  ADD CONSTRAINT agent_employment CHECK (employed_from <= employed_until);
CREATE INDEX agent_by_name ON agent (lower(name), id);

-- 'worker' and 'crm' are names in other systems; no webhook of today resolves by them.
ALTER TABLE agent_address
  DROP CONSTRAINT agent_address_scheme_check,
  ADD CONSTRAINT agent_address_scheme_check CHECK (scheme IN ('identity', 'tel', 'worker', 'crm')),
  ADD COLUMN id integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- How a name of scheme 'identity' is used; null: a webhook named it.
  ADD COLUMN kind text,
  ADD CONSTRAINT agent_address_kind_check
    CHECK (kind IS NULL OR (scheme = 'identity' AND kind IN ('client', 'sip', 'extension')));

CREATE INDEX team_membership_team ON team_membership (team_id);

ALTER TABLE campaign ADD COLUMN title text NOT NULL DEFAULT '';

-- ── calendar ────────────────────────────────────────────────────────────────────────────────────────────────────

-- A week of shifts of a team or an agent from a date on, until its next pattern. No shifts: nobody is expected.
CREATE TABLE shift_pattern (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  team_id integer REFERENCES team,
  agent_id integer REFERENCES agent,
  valid_from date NOT NULL,
  -- [{weekday 1–7, startMinutes, endMinutes, breakMinutes}], minutes after local midnight, at most 2880.
  shifts jsonb NOT NULL,
  CHECK (num_nonnulls(team_id, agent_id) = 1),
  UNIQUE (team_id, valid_from),
  UNIQUE (agent_id, valid_from)
);

CREATE TABLE site_holiday (
  site_id integer NOT NULL REFERENCES site,
  day date NOT NULL,
  -- 'workday': a make-up day on which the shifts of `as_weekday` are worked.
  kind text NOT NULL CHECK (kind IN ('holiday', 'workday')),
  as_weekday smallint CHECK (as_weekday BETWEEN 1 AND 7),
  name text NOT NULL,
  PRIMARY KEY (site_id, day),
  CHECK ((kind = 'workday') = (as_weekday IS NOT NULL))
);

CREATE TABLE agent_leave (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id integer NOT NULL REFERENCES agent,
  kind text NOT NULL CHECK (kind IN ('leave', 'sick', 'training', 'other')),
  -- Inclusive.
  first_day date NOT NULL,
  last_day date NOT NULL,
  CHECK (first_day <= last_day)
);
CREATE INDEX agent_leave_agent ON agent_leave (agent_id, first_day);

-- ── what a change still has to move ─────────────────────────────────────────────────────────────────────────────

-- Calls a change of settings concerns, that are not all looked at yet: written in the transaction of the change, worked
-- off in chunks by the worker in order of (started_at, key), deleted with the last one.
CREATE TABLE resolution_task (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Which calls: see src/organisation/attribution.port.ts.
  affected jsonb NOT NULL,
  -- Everything up to here is done; later calls are resolved with the present settings when they are folded.
  after_started_at timestamptz NOT NULL,
  after_key text NOT NULL DEFAULT ''
);
