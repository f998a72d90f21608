-- People and keys: five roles with their reach, one-time links, a second factor, sessions one can see and end, identities
-- of a single sign-on, named API keys. Secrets are kept as hashes, or sealed where they must be read again.

ALTER TABLE app_user
  DROP CONSTRAINT app_user_role_check,
  ADD CONSTRAINT app_user_role_check CHECK (role IN ('agent', 'supervisor', 'ops', 'auditor', 'admin')),
  -- Null: invited and not yet been here, or signs in elsewhere.
  ALTER COLUMN password_hash DROP NOT NULL,
  -- Who this person is on the phone.
  ADD COLUMN agent_id integer REFERENCES agent ON DELETE SET NULL,
  -- May look at full phone numbers, one at a time.
  ADD COLUMN sees_numbers boolean NOT NULL DEFAULT false,
  ADD COLUMN disabled_at timestamptz,
  ADD COLUMN language text CHECK (language IN ('en', 'zh')),
  ADD COLUMN last_sign_in_at timestamptz,
  -- Sealed. In force once `totp_enabled_at` is set; before that it waits for its first code.
  ADD COLUMN totp_secret bytea,
  ADD COLUMN totp_enabled_at timestamptz,
  -- Time step of the last code accepted: no code counts twice.
  ADD COLUMN totp_last_step bigint,
  -- Of the argon2id hashes of this person's recovery codes: one computation checks them all.
  ADD COLUMN recovery_salt bytea,
  ADD CONSTRAINT app_user_totp CHECK (totp_enabled_at IS NULL OR totp_secret IS NOT NULL);
CREATE INDEX app_user_agent ON app_user (agent_id) WHERE agent_id IS NOT NULL;

-- Teams a supervisor leads; those below them come with them.
CREATE TABLE user_team (
  user_id integer NOT NULL REFERENCES app_user ON DELETE CASCADE,
  team_id integer NOT NULL REFERENCES team ON DELETE CASCADE,
  PRIMARY KEY (user_id, team_id)
);
CREATE INDEX user_team_team ON user_team (team_id);

ALTER TABLE session
  -- What it is called where people see it; the hash is never shown.
  ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN method text NOT NULL DEFAULT 'password' CHECK (method IN ('password', 'totp', 'recovery', 'oidc')),
  ADD COLUMN address text,
  ADD COLUMN user_agent text;

-- To be handed over by whoever made it: for one use, and not for long.
CREATE TABLE access_link (
  -- sha256 of the 256-bit token.
  token_hash bytea PRIMARY KEY,
  user_id integer NOT NULL REFERENCES app_user ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('invitation', 'reset')),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  -- Null: made at the command line, or by a key.
  created_by integer REFERENCES app_user ON DELETE SET NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX access_link_user ON access_link (user_id);

CREATE TABLE recovery_code (
  user_id integer NOT NULL REFERENCES app_user ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, code_hash)
);

-- Who somebody is at a provider of single sign-on. Never found by e-mail alone.
CREATE TABLE user_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  user_id integer NOT NULL REFERENCES app_user ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_sign_in_at timestamptz,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX user_identity_user ON user_identity (user_id);

CREATE TABLE api_key (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  -- Shown in lists and in the key itself; finds its row.
  prefix text NOT NULL UNIQUE,
  secret_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  -- Null: by the bootstrap key, or by somebody who is gone.
  created_by integer REFERENCES app_user ON DELETE SET NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  rate_per_minute integer NOT NULL CHECK (rate_per_minute > 0)
);
