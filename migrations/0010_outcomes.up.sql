-- Outcomes: what people enter about calls and customers, as facts beside calls, made from events of the same log.

ALTER TABLE organisation
  -- How long before an outcome that names only a customer the call it belongs to may have begun.
  ADD COLUMN outcome_window_minutes integer NOT NULL DEFAULT 1440 CHECK (outcome_window_minutes BETWEEN 1 AND 525600),
  -- A promised callback is kept by a dial that begins at most this long before or after its due time.
  ADD COLUMN callback_window_minutes integer NOT NULL DEFAULT 15 CHECK (callback_window_minutes BETWEEN 1 AND 1440);

-- One row of truth per outcome: a pure function of its events (`state` is their join), of settings and of the calls.
CREATE TABLE outcome (
  -- <source>|<external id>
  id text PRIMARY KEY,
  state jsonb NOT NULL,
  at timestamptz NOT NULL,
  agent_id integer NOT NULL,
  team_id integer NOT NULL,
  campaign_id integer NOT NULL,
  time_zone text NOT NULL,
  slot_start timestamptz NOT NULL,
  business_date date NOT NULL,
  call_key text,
  customer_id bigint,
  origin text NOT NULL CHECK (origin IN ('outbound', 'inbound', 'other')),
  disposition_id integer,
  flags text[] NOT NULL,
  -- A sale that counts, its amount in minor units of the campaign's currency, and [{agent, team, date, minor}] it is split into.
  sold boolean NOT NULL,
  amount_minor bigint NOT NULL,
  revenue jsonb NOT NULL,
  -- A promised callback: when it is due, where it counts, whether its window is over and it was kept.
  callback_at timestamptz,
  callback_slot timestamptz,
  callback_date date,
  callback_team integer,
  callback_closed boolean NOT NULL,
  callback_kept boolean NOT NULL,
  has_note boolean NOT NULL,
  cancelled boolean NOT NULL,
  version bigint NOT NULL,
  problems text[] NOT NULL,
  -- What it names verbatim, to find it by when that becomes known: the leg of its call, the agent's address, the disposition.
  call_ref text,
  agent_ref text,
  disposition_ref text
) WITH (fillfactor = 80);
CREATE INDEX outcome_at ON outcome (at, id);
CREATE INDEX outcome_agent ON outcome (agent_id, at, id);
CREATE INDEX outcome_disposition ON outcome (disposition_id, at) WHERE disposition_id IS NOT NULL;
CREATE INDEX outcome_call ON outcome (call_key) WHERE call_key IS NOT NULL;
CREATE INDEX outcome_customer ON outcome (customer_id, at) WHERE customer_id IS NOT NULL;
CREATE INDEX outcome_call_ref ON outcome (call_ref) WHERE call_ref IS NOT NULL;
CREATE INDEX outcome_agent_ref ON outcome (agent_ref) WHERE agent_ref IS NOT NULL;
CREATE INDEX outcome_disposition_ref ON outcome (disposition_ref) WHERE disposition_ref IS NOT NULL;
CREATE INDEX outcome_due ON outcome (callback_at) WHERE callback_at IS NOT NULL;
CREATE INDEX outcome_open_callback ON outcome (callback_at) WHERE callback_at IS NOT NULL AND NOT callback_closed AND NOT cancelled;
CREATE INDEX outcome_callback_slot ON outcome (callback_slot) WHERE callback_closed;

-- Notes are personal data: sealed, one for each event that brought one, and gone with the customer.
CREATE TABLE outcome_note (
  event_id bigint PRIMARY KEY,
  sealed bytea NOT NULL
);

ALTER TABLE call
  -- Of the latest outcome with a disposition that is not cancelled, and how far the call got by it.
  ADD COLUMN disposition_id integer,
  ADD COLUMN reached text CHECK (reached IN ('none', 'human', 'contact')),
  -- Sales that count.
  ADD COLUMN sales integer NOT NULL DEFAULT 0;

-- Sales of the first attempt, counted with it.
ALTER TABLE customer_first_dial ADD COLUMN sales integer NOT NULL DEFAULT 0;

-- Outcomes a change for the past still has to move are walked on their own.
ALTER TABLE resolution_task ADD COLUMN family text NOT NULL DEFAULT 'call' CHECK (family IN ('call', 'outcome', 'presence'));
