DROP TABLE IF EXISTS session, app_user, customer_first_dial, customer_day, rollup_day, rollup_slot, call_leg, call,
  parked_event, raw_body, raw_key, call_event_pending, call_event, campaign_caller_number, customer,
  campaign_version, campaign, team_membership, agent_address, agent, team, site_version, site, organisation, instance CASCADE;
DROP SEQUENCE IF EXISTS rollup_revision;
