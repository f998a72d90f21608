-- Targets: what is expected, of whom, by when. Months that are closed: their sums as they were, and what came after.

CREATE TABLE target (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  revision integer NOT NULL DEFAULT 1,
  -- Both null: the organisation.
  team_id integer REFERENCES team,
  agent_id integer REFERENCES agent,
  kpi text NOT NULL,
  period text NOT NULL CHECK (period IN ('day', 'week', 'month', 'quarter', 'year')),
  -- In the unit of the KPI; of sums a whole number (exact up to 2^53).
  value double precision NOT NULL CHECK (value > 0),
  currency text,
  -- Business dates; `valid_until` inclusive. Of those in force on a date the one that began last counts.
  valid_from date NOT NULL,
  valid_until date,
  locked boolean NOT NULL DEFAULT false,
  CHECK (num_nonnulls(team_id, agent_id) <= 1),
  CHECK (valid_until >= valid_from),
  UNIQUE NULLS NOT DISTINCT (team_id, agent_id, kpi, period, valid_from)
);
CREATE INDEX target_agent ON target (agent_id) WHERE agent_id IS NOT NULL;

-- One row: grows with every change, so that processes know when to load theirs again.
CREATE TABLE target_version (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version bigint NOT NULL DEFAULT 1
);
INSERT INTO target_version DEFAULT VALUES;

-- ── closed months ───────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE closed_period (
  -- Its first day.
  month date PRIMARY KEY CHECK (extract(day FROM month) = 1),
  closed_at timestamptz NOT NULL,
  -- Null: the bootstrap key, or somebody who is gone.
  closed_by_kind text NOT NULL,
  closed_by_id integer,
  -- By which the champion is found.
  kpi text NOT NULL,
  -- Facts are being made again from the log: nothing is an adjustment until they are complete.
  settling boolean NOT NULL DEFAULT false
);

-- rollup_day of the month as it was. Never changed again.
CREATE TABLE closed_sum (
  LIKE rollup_day INCLUDING DEFAULTS,
  PRIMARY KEY (business_date, agent_id, team_id, campaign_id)
);

-- What came after: closed_sum + closed_adjustment = rollup_day, at any instant. Written in the transaction that changes the sums.
CREATE TABLE closed_adjustment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- When the newest of the events was received, or the settings were changed.
  at timestamptz NOT NULL DEFAULT now(),
  family text NOT NULL CHECK (family IN ('events', 'settings', 'rebuild')),
  reason text NOT NULL,
  LIKE rollup_day INCLUDING DEFAULTS
);
CREATE INDEX closed_adjustment_day ON closed_adjustment (business_date, agent_id, team_id, campaign_id);

-- Targets by the month, as they were.
CREATE TABLE closed_target (
  month date NOT NULL REFERENCES closed_period,
  target_id integer NOT NULL,
  team_id integer,
  agent_id integer,
  kpi text NOT NULL,
  currency text,
  full_target double precision NOT NULL,
  target double precision NOT NULL,
  -- Null: no value.
  actual double precision,
  attainment double precision,
  PRIMARY KEY (month, target_id)
);
