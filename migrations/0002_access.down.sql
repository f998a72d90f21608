DROP TABLE api_key, user_identity, recovery_code, access_link, user_team;

ALTER TABLE session DROP COLUMN id, DROP COLUMN method, DROP COLUMN address, DROP COLUMN user_agent;

-- The version before knows administrators with a password and nobody else.
DELETE FROM app_user WHERE role <> 'admin' OR password_hash IS NULL OR disabled_at IS NOT NULL;
ALTER TABLE app_user
  DROP CONSTRAINT app_user_role_check,
  ADD CONSTRAINT app_user_role_check CHECK (role IN ('admin')),
  ALTER COLUMN password_hash SET NOT NULL,
  DROP COLUMN agent_id,
  DROP COLUMN sees_numbers,
  DROP COLUMN disabled_at,
  DROP COLUMN language,
  DROP COLUMN last_sign_in_at,
  DROP CONSTRAINT app_user_totp,
  DROP COLUMN totp_secret,
  DROP COLUMN totp_enabled_at,
  DROP COLUMN totp_last_step,
  DROP COLUMN recovery_salt;
