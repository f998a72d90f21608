-- Views for other programs (docs/bi.md), by the names and units of the OData feed: seconds, minor units of money, no phone
-- number, no note. They run with the rights of their owner: whoever may read them needs no right to any table.

CREATE SCHEMA reporting;

-- Time in states that lasts is added when it ends. What retention removed is in the sums: they are kept, only calls go.
CREATE VIEW reporting.kpi_day AS
SELECT
  r.business_date, r.agent_id, a.name AS agent, r.team_id, t.name AS team, r.campaign_id, c.name AS campaign,
  c.currency,
  r.dials, r.first_dials, r.connects, r.connects_ended, r.humans, r.contacts, r.effective, r.no_answer, r.busy,
  r.invalid, r.canceled, r.failed, r.machine, r.handled, r.inbound, r.inbound_answered, r.inbound_abandoned,
  r.internal, r.stale, r.incomplete, r.sales, r.inbound_sales, r.other_sales, r.first_call_sales, r.callbacks_due,
  r.callbacks_kept, r.complaints, r.dnc, r.talk_ms / 1000.0 AS talk_s, r.ring_ms / 1000.0 AS ring_s,
  r.inbound_talk_ms / 1000.0 AS inbound_talk_s, r.available_ms / 1000.0 AS available_s,
  r.on_call_ms / 1000.0 AS on_call_s, r.wrap_up_ms / 1000.0 AS wrap_up_s, r.paused_ms / 1000.0 AS paused_s,
  (r.available_ms + r.on_call_ms + r.wrap_up_ms + r.paused_ms) / 1000.0 AS logged_in_s, r.revenue_minor,
  r.inbound_revenue_minor, r.other_revenue_minor
FROM rollup_day r
LEFT JOIN agent a ON a.id = r.agent_id
LEFT JOIN team t ON t.id = r.team_id
LEFT JOIN campaign c ON c.id = r.campaign_id
-- What was corrected away leaves rows of zeros behind.
WHERE r.dials <> 0 OR r.first_dials <> 0 OR r.connects <> 0 OR r.connects_ended <> 0 OR r.humans <> 0
  OR r.contacts <> 0 OR r.effective <> 0 OR r.no_answer <> 0 OR r.busy <> 0 OR r.invalid <> 0
  OR r.canceled <> 0 OR r.failed <> 0 OR r.machine <> 0 OR r.handled <> 0 OR r.inbound <> 0
  OR r.inbound_answered <> 0 OR r.inbound_abandoned <> 0 OR r.internal <> 0 OR r.stale <> 0
  OR r.incomplete <> 0 OR r.sales <> 0 OR r.inbound_sales <> 0 OR r.other_sales <> 0
  OR r.first_call_sales <> 0 OR r.callbacks_due <> 0 OR r.callbacks_kept <> 0 OR r.complaints <> 0
  OR r.dnc <> 0 OR r.talk_ms <> 0 OR r.ring_ms <> 0 OR r.inbound_talk_ms <> 0 OR r.available_ms <> 0
  OR r.on_call_ms <> 0 OR r.wrap_up_ms <> 0 OR r.paused_ms <> 0 OR r.revenue_minor <> 0
  OR r.inbound_revenue_minor <> 0 OR r.other_revenue_minor <> 0 OR r.hold_ms <> 0;

CREATE VIEW reporting.kpi_interval AS
SELECT
  r.slot_start, r.business_date, r.agent_id, a.name AS agent, r.team_id, t.name AS team, r.campaign_id,
  c.name AS campaign, c.currency,
  r.dials, r.first_dials, r.connects, r.connects_ended, r.humans, r.contacts, r.effective, r.no_answer, r.busy,
  r.invalid, r.canceled, r.failed, r.machine, r.handled, r.inbound, r.inbound_answered, r.inbound_abandoned,
  r.internal, r.stale, r.incomplete, r.sales, r.inbound_sales, r.other_sales, r.first_call_sales, r.callbacks_due,
  r.callbacks_kept, r.complaints, r.dnc, r.talk_ms / 1000.0 AS talk_s, r.ring_ms / 1000.0 AS ring_s,
  r.inbound_talk_ms / 1000.0 AS inbound_talk_s, r.available_ms / 1000.0 AS available_s,
  r.on_call_ms / 1000.0 AS on_call_s, r.wrap_up_ms / 1000.0 AS wrap_up_s, r.paused_ms / 1000.0 AS paused_s,
  (r.available_ms + r.on_call_ms + r.wrap_up_ms + r.paused_ms) / 1000.0 AS logged_in_s, r.revenue_minor,
  r.inbound_revenue_minor, r.other_revenue_minor
FROM rollup_slot r
LEFT JOIN agent a ON a.id = r.agent_id
LEFT JOIN team t ON t.id = r.team_id
LEFT JOIN campaign c ON c.id = r.campaign_id
-- What was corrected away leaves rows of zeros behind.
WHERE r.dials <> 0 OR r.first_dials <> 0 OR r.connects <> 0 OR r.connects_ended <> 0 OR r.humans <> 0
  OR r.contacts <> 0 OR r.effective <> 0 OR r.no_answer <> 0 OR r.busy <> 0 OR r.invalid <> 0
  OR r.canceled <> 0 OR r.failed <> 0 OR r.machine <> 0 OR r.handled <> 0 OR r.inbound <> 0
  OR r.inbound_answered <> 0 OR r.inbound_abandoned <> 0 OR r.internal <> 0 OR r.stale <> 0
  OR r.incomplete <> 0 OR r.sales <> 0 OR r.inbound_sales <> 0 OR r.other_sales <> 0
  OR r.first_call_sales <> 0 OR r.callbacks_due <> 0 OR r.callbacks_kept <> 0 OR r.complaints <> 0
  OR r.dnc <> 0 OR r.talk_ms <> 0 OR r.ring_ms <> 0 OR r.inbound_talk_ms <> 0 OR r.available_ms <> 0
  OR r.on_call_ms <> 0 OR r.wrap_up_ms <> 0 OR r.paused_ms <> 0 OR r.revenue_minor <> 0
  OR r.inbound_revenue_minor <> 0 OR r.other_revenue_minor <> 0 OR r.hold_ms <> 0;

-- Id 0 stands for "unassigned" and "none", so that joins lose no row.
CREATE VIEW reporting.agent AS
SELECT a.id AS agent_id, a.name AS agent, a.status, m.team_id, t.name AS team, a.merged_into
FROM agent a
LEFT JOIN LATERAL (
  SELECT team_id FROM team_membership WHERE agent_id = a.id AND valid_from <= now() ORDER BY valid_from DESC LIMIT 1
) m ON true
LEFT JOIN team t ON t.id = m.team_id;

CREATE VIEW reporting.team AS
SELECT t.id AS team_id, t.name AS team, t.parent_id, p.name AS parent, t.site_id, s.name AS site,
  t.archived_at IS NOT NULL AS archived
FROM team t LEFT JOIN team p ON p.id = t.parent_id LEFT JOIN site s ON s.id = t.site_id;

CREATE VIEW reporting.campaign AS
SELECT id AS campaign_id, name AS campaign, title, status, currency FROM campaign
UNION ALL SELECT 0, '', '', NULL, NULL WHERE NOT EXISTS (SELECT FROM campaign WHERE id = 0);

CREATE VIEW reporting.call AS
SELECT c.key AS call_id, c.direction, c.outcome, c.answered_by, c.started_at, c.answered_at, c.ended_at,
  c.ring_ms / 1000.0 AS ring_s, c.talk_ms / 1000.0 AS talk_s, c.business_date, c.slot_start, c.time_zone,
  c.agent_id, a.name AS agent, c.team_id, t.name AS team, c.campaign_id, k.name AS campaign, c.customer_id,
  d.key AS disposition, d.name_en AS disposition_en, d.name_zh AS disposition_zh, c.sales, c.counted, c.stale,
  array_to_string(c.incomplete, ',') AS incomplete
FROM call c
LEFT JOIN agent a ON a.id = c.agent_id
LEFT JOIN team t ON t.id = c.team_id
LEFT JOIN campaign k ON k.id = c.campaign_id
LEFT JOIN disposition d ON d.id = c.disposition_id;

CREATE VIEW reporting.outcome AS
SELECT o.id AS outcome_id, o.at, o.business_date, o.slot_start, o.agent_id, a.name AS agent, o.team_id, t.name AS team,
  o.campaign_id, k.name AS campaign, o.customer_id, o.call_key AS call_id, o.origin,
  d.key AS disposition, d.name_en AS disposition_en, d.name_zh AS disposition_zh,
  array_to_string(o.flags, ',') AS flags, o.sold, o.amount_minor, k.currency, o.callback_at, o.callback_closed,
  o.callback_kept, o.cancelled, array_to_string(o.problems, ',') AS problems
FROM outcome o
LEFT JOIN agent a ON a.id = o.agent_id
LEFT JOIN team t ON t.id = o.team_id
LEFT JOIN campaign k ON k.id = o.campaign_id
LEFT JOIN disposition d ON d.id = o.disposition_id;

CREATE VIEW reporting.target AS
SELECT t.id AS target_id,
  CASE WHEN t.team_id IS NOT NULL THEN 'team' WHEN t.agent_id IS NOT NULL THEN 'agent' ELSE 'organisation' END AS scope,
  t.team_id, t.agent_id, coalesce(m.name, a.name, '') AS label, t.kpi, t.period, t.value, t.currency, t.valid_from,
  t.valid_until, t.locked
FROM target t LEFT JOIN team m ON m.id = t.team_id LEFT JOIN agent a ON a.id = t.agent_id
WHERE a.id IS NULL OR a.status IN ('new', 'active', 'left');

-- Who may read them. Roles belong to the whole server: another database of it may have made this one already, and on a
-- managed server we may not be allowed to make it (docs/bi.md says what to run there instead).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tallyboard_reporting') THEN
    CREATE ROLE tallyboard_reporting NOLOGIN;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN RAISE NOTICE 'The role tallyboard_reporting was not made: this user may not make roles';
  WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tallyboard_reporting') THEN
    GRANT USAGE ON SCHEMA reporting TO tallyboard_reporting;
    GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO tallyboard_reporting;
  END IF;
END $$;
