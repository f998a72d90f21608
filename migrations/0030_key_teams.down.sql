-- Without its teams a limited key would see the whole organisation: it ends instead.
UPDATE api_key SET revoked_at = now() WHERE team_ids IS NOT NULL AND revoked_at IS NULL;
ALTER TABLE api_key DROP COLUMN team_ids;
