-- Exports: what was asked for, how far it is, and where its file is known by. The rows are the truth; the queue only says
-- when to look.

CREATE TABLE export_job (
  id uuid PRIMARY KEY,
  maker_kind text NOT NULL CHECK (maker_kind IN ('user', 'key')),
  -- Null: the bootstrap key.
  maker_id integer,
  -- What the maker could see when it was asked for; it never holds more.
  scope jsonb NOT NULL,
  source jsonb NOT NULL,
  format text NOT NULL CHECK (format IN ('csv', 'xlsx', 'pdf')),
  language text NOT NULL CHECK (language IN ('en', 'zh')),
  byte_order_mark boolean NOT NULL,
  full_numbers boolean NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'expired')),
  -- Of a running one: its process is told at its next sign of life.
  cancel_asked boolean NOT NULL DEFAULT false,
  rows bigint NOT NULL DEFAULT 0,
  rows_expected bigint,
  bytes bigint,
  sha256 bytea,
  file_name text,
  -- Runs that failed, and runs that were begun again because their process ended.
  failures integer NOT NULL DEFAULT 0,
  restarts integer NOT NULL DEFAULT 0,
  downloads integer NOT NULL DEFAULT 0,
  not_before timestamptz,
  -- The run it is in, or that made the file; and until when one that runs must give a sign of life.
  run uuid,
  lease_until timestamptz,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  -- When the run that made the file began to read: who is erased later may be in it.
  read_from timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  error_code text,
  error_params jsonb
);
CREATE INDEX export_job_made ON export_job (maker_kind, maker_id, created_at);
CREATE INDEX export_job_created ON export_job (created_at);
CREATE INDEX export_job_open ON export_job (created_at) WHERE state IN ('waiting', 'running');
CREATE INDEX export_job_kept ON export_job (expires_at) WHERE state = 'done';

-- Links that work once; only a hash is kept.
CREATE TABLE export_link (
  token_hash bytea PRIMARY KEY,
  export_id uuid NOT NULL REFERENCES export_job ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX export_link_export ON export_link (export_id);
