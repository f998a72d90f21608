-- The sums of agent states are columns of 0009 and go with it.
DELETE FROM call_event_pending p USING call_event e WHERE e.id = p.event_id AND e.type LIKE 'presence.%';
DELETE FROM call_event WHERE type LIKE 'presence.%';
ALTER TABLE organisation DROP COLUMN state_thresholds, DROP COLUMN status_hours;
DROP TABLE taskrouter_activity, pause_reason, presence_todo, presence_settled, presence_slot, agent_presence, agent_interval;
UPDATE rollup_slot SET available_ms = 0, on_call_ms = 0, wrap_up_ms = 0, paused_ms = 0
WHERE (available_ms, on_call_ms, wrap_up_ms, paused_ms) <> (0, 0, 0, 0);
UPDATE rollup_day SET available_ms = 0, on_call_ms = 0, wrap_up_ms = 0, paused_ms = 0
WHERE (available_ms, on_call_ms, wrap_up_ms, paused_ms) <> (0, 0, 0, 0);
UPDATE retained_slot SET available_ms = 0, on_call_ms = 0, wrap_up_ms = 0, paused_ms = 0
WHERE (available_ms, on_call_ms, wrap_up_ms, paused_ms) <> (0, 0, 0, 0);
ALTER TABLE call DROP COLUMN busy;
