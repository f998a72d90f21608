-- Agent states: what sources said about whom, as intervals; exact time in each state by quarter hour; what the organisation
-- calls its pauses and from when on a state is long.

-- ── facts ───────────────────────────────────────────────────────────────────────────────────────────────────────

-- [{agent, from, to}], epoch ms, `to` null while it lasts: who was busy with the call, and when. A function of the legs.
ALTER TABLE call ADD COLUMN busy jsonb NOT NULL DEFAULT '[]';

-- Presence events name no leg: `leg_id` is the stream of one source about one subject (src/presence/presence-event.ts).

-- One row for each thing a source said (`mark`) and for each time an agent was busy with a call (`mark` null). It lasts
-- until the source said something else. `offline` ends what was before and counts for nothing.
CREATE TABLE agent_interval (
  stream text NOT NULL,
  from_at timestamptz NOT NULL,
  -- 'infinity': nothing has ended it yet.
  to_at timestamptz NOT NULL,
  agent_id integer NOT NULL,
  state text NOT NULL CHECK (state IN ('on_call', 'wrap_up', 'paused', 'available', 'offline')),
  reason text,
  mark jsonb,
  PRIMARY KEY (stream, from_at),
  CHECK (to_at >= from_at)
) WITH (fillfactor = 80);
-- What overlaps a quarter hour ends within a day after it begins (spans are cut at 24 h), or has not ended.
CREATE INDEX agent_interval_agent ON agent_interval (agent_id, to_at) INCLUDE (from_at, state);
-- Few: what lasts. For statuses nobody ends.
CREATE INDEX agent_interval_open ON agent_interval (from_at) WHERE to_at = 'infinity' AND state <> 'offline' AND mark IS NOT NULL;
CREATE INDEX agent_interval_activity ON agent_interval ((mark->>'activity')) WHERE mark->>'activity' IS NOT NULL;

-- What each agent does now: the span that is open. From `since` on nothing of it is in the sums.
CREATE TABLE agent_presence (
  agent_id integer PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('on_call', 'wrap_up', 'paused', 'available', 'offline')),
  reason text,
  -- When the state began. Null: never said.
  since timestamptz,
  call_key text
) WITH (fillfactor = 70);

-- Closed time in each state, as it was added to the sums: a function of all intervals that overlap the quarter hour.
-- Several rows where somebody changed team within it.
CREATE TABLE presence_slot (
  agent_id integer NOT NULL,
  slot_start timestamptz NOT NULL,
  team_id integer NOT NULL,
  business_date date NOT NULL,
  available_ms integer NOT NULL,
  on_call_ms integer NOT NULL,
  wrap_up_ms integer NOT NULL,
  paused_ms integer NOT NULL,
  PRIMARY KEY (agent_id, slot_start, team_id, business_date)
) WITH (fillfactor = 80);
CREATE INDEX presence_slot_time ON presence_slot (slot_start);

-- Retention removed something this quarter hour was made of: what it counted is kept in retained_slot and never worked
-- out again.
CREATE TABLE presence_settled (
  agent_id integer NOT NULL,
  slot_start timestamptz NOT NULL,
  PRIMARY KEY (agent_id, slot_start)
);

-- What a change of settings still has to move: a stream to be resolved again, or an agent's quarter hours from an
-- instant on. Worked off in pieces.
CREATE TABLE presence_todo (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream text,
  agent_id integer,
  from_at timestamptz,
  CHECK ((stream IS NULL) <> (agent_id IS NULL))
);
CREATE UNIQUE INDEX presence_todo_stream ON presence_todo (stream) WHERE stream IS NOT NULL;

-- Calls there are already: resolved again in the background, which adds who was busy with them.
INSERT INTO resolution_task (affected, after_started_at)
SELECT '{"from": null}'::jsonb, '-infinity' WHERE EXISTS (SELECT 1 FROM call);

-- ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE pause_reason (
  key text PRIMARY KEY CHECK (key ~ '^[a-z0-9_-]{1,32}$'),
  name_en text NOT NULL,
  name_zh text NOT NULL,
  position integer NOT NULL,
  archived boolean NOT NULL DEFAULT false
);
INSERT INTO pause_reason (key, name_en, name_zh, position) VALUES
  ('break', 'Break', '小休', 0),
  ('lunch', 'Lunch', '午餐', 1),
  ('meeting', 'Meeting', '会议', 2),
  ('training', 'Training', '培训', 3),
  ('coaching', 'Coaching', '辅导', 4),
  ('technical', 'Technical problem', '设备故障', 5);

-- What the activities of TaskRouter mean here. `state` null: seen and not mapped yet. Retroactive.
CREATE TABLE taskrouter_activity (
  name text PRIMARY KEY,
  state text CHECK (state IN ('on_call', 'wrap_up', 'paused', 'available', 'offline')),
  reason text
);
-- Those a workspace begins with, and those older ones began with.
INSERT INTO taskrouter_activity (name, state) VALUES
  ('Available', 'available'), ('Unavailable', 'paused'), ('Offline', 'offline'), ('Idle', 'available'),
  ('Reserved', 'available'), ('Busy', 'on_call'), ('WrapUp', 'wrap_up'), ('Wrap Up', 'wrap_up');

ALTER TABLE organisation
  -- Seconds from which a state is shown in the next colour; null: those of kpi.md.
  ADD COLUMN state_thresholds jsonb,
  -- A status nobody ended is closed after so many hours.
  ADD COLUMN status_hours integer NOT NULL DEFAULT 16 CHECK (status_hours BETWEEN 1 AND 24);
