-- Retention of calls: they go with their events, what they counted stays. Sums = calls there are + what is kept here.

-- What removed calls had added to rollup_slot, first attempts included.
CREATE TABLE retained_slot (
  slot_start timestamptz NOT NULL,
  business_date date NOT NULL,
  agent_id integer NOT NULL,
  team_id integer NOT NULL,
  campaign_id integer NOT NULL,
  dials bigint NOT NULL DEFAULT 0, first_dials bigint NOT NULL DEFAULT 0,
  connects bigint NOT NULL DEFAULT 0, connects_ended bigint NOT NULL DEFAULT 0,
  humans bigint NOT NULL DEFAULT 0, effective bigint NOT NULL DEFAULT 0,
  no_answer bigint NOT NULL DEFAULT 0, busy bigint NOT NULL DEFAULT 0, invalid bigint NOT NULL DEFAULT 0,
  canceled bigint NOT NULL DEFAULT 0, failed bigint NOT NULL DEFAULT 0, machine bigint NOT NULL DEFAULT 0,
  talk_ms bigint NOT NULL DEFAULT 0, ring_ms bigint NOT NULL DEFAULT 0, hold_ms bigint NOT NULL DEFAULT 0,
  handled bigint NOT NULL DEFAULT 0,
  inbound bigint NOT NULL DEFAULT 0, inbound_answered bigint NOT NULL DEFAULT 0,
  inbound_abandoned bigint NOT NULL DEFAULT 0, inbound_talk_ms bigint NOT NULL DEFAULT 0,
  internal bigint NOT NULL DEFAULT 0, stale bigint NOT NULL DEFAULT 0, incomplete bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (slot_start, business_date, agent_id, team_id, campaign_id)
);
CREATE INDEX retained_slot_agent ON retained_slot (agent_id);

-- What they had added to customer_day.
CREATE TABLE retained_customer_day (
  business_date date NOT NULL,
  agent_id integer NOT NULL,
  team_id integer NOT NULL,
  campaign_id integer NOT NULL,
  customer_id bigint NOT NULL,
  dials integer NOT NULL,
  connects integer NOT NULL,
  PRIMARY KEY (business_date, agent_id, team_id, campaign_id, customer_id)
);
CREATE INDEX retained_customer_day_agent ON retained_customer_day (agent_id);

-- The first attempt was removed: it stays where it was counted, whatever else becomes known. `call_key` is '' then.
ALTER TABLE customer_first_dial ADD COLUMN retained boolean NOT NULL DEFAULT false;
CREATE INDEX customer_first_dial_retained ON customer_first_dial (agent_id) WHERE retained;

-- SHA-256 of the ids of legs of removed calls: whatever still arrives for one is no new call.
CREATE TABLE forgotten_leg (
  leg_hash bytea PRIMARY KEY
);

-- Numbers that removed calls had named, to be looked at: those that nothing names any more lose their ciphertext.
CREATE TABLE loose_number (
  customer_id bigint PRIMARY KEY,
  -- A run has begun to look through the log for it.
  looked_for boolean NOT NULL DEFAULT false
);

-- One row each time ciphertexts went. Like `erasure` part of the version processes compare theirs with when they append
-- to the log: an id remembered from before is looked up again.
CREATE TABLE number_release (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  released_at timestamptz NOT NULL,
  numbers integer NOT NULL
);

-- A number nothing names any more: its index stays, so that a call to it is no first attempt, its ciphertext goes.
ALTER TABLE customer
  DROP CONSTRAINT customer_erased,
  ADD CONSTRAINT customer_erased
    CHECK ((blind_index IS NULL) = (index_key_id IS NULL) AND (blind_index IS NOT NULL OR number_cipher IS NULL));

CREATE INDEX parked_event_logged ON parked_event (event_id) WHERE event_id IS NOT NULL;
