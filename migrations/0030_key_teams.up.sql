-- Null: a key of the whole organisation. An array and no table of its own: a team that is gone leaves its id here, so a limit
-- can become empty, and then shows nothing, but never turn into no limit.
ALTER TABLE api_key ADD COLUMN team_ids integer[] CHECK (cardinality(team_ids) > 0);
