-- Packs of reports that go out by themselves: when, what, to whom; and what became of each.

CREATE TABLE report_schedule (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  -- What a pack shows is what this person may see. Null: gone.
  owner_id integer REFERENCES app_user ON DELETE SET NULL,
  -- ReportSource[], 1–10.
  sources jsonb NOT NULL,
  format text NOT NULL CHECK (format IN ('pdf', 'xlsx', 'csv')),
  language text NOT NULL CHECK (language IN ('en', 'zh')),
  rhythm text NOT NULL CHECK (rhythm IN ('daily', 'weekly', 'monthly')),
  -- 1 Monday … 7.
  weekday smallint CHECK (weekday BETWEEN 1 AND 7),
  -- 0: the last day of the month.
  month_day smallint CHECK (month_day BETWEEN 0 AND 28),
  minute_of_day smallint NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  -- Null: the organisation's.
  zone text,
  working_days_only boolean NOT NULL DEFAULT false,
  active boolean NOT NULL DEFAULT true,
  -- Why it was stopped by itself.
  stopped_reason text CHECK (stopped_reason IN ('owner_gone', 'owner_disabled', 'owner_lost_rights')),
  -- Null while it is not active.
  next_run timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((rhythm = 'weekly') = (weekday IS NOT NULL)),
  CHECK ((rhythm = 'monthly') = (month_day IS NOT NULL)),
  CHECK (active OR next_run IS NULL)
);
CREATE INDEX report_schedule_due ON report_schedule (next_run) WHERE next_run IS NOT NULL;

CREATE TABLE report_destination (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  schedule_id integer NOT NULL REFERENCES report_schedule ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('mail', 'webhook', 'wecom', 'dingtalk', 'feishu', 'slack')),
  -- Addresses and secrets, sealed; null once it was removed.
  sealed bytea,
  CHECK (sealed IS NULL OR length(sealed) > 33)
);
CREATE INDEX report_destination_schedule ON report_destination (schedule_id);

-- One pack made for one time it was due.
CREATE TABLE report_run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  schedule_id integer NOT NULL REFERENCES report_schedule ON DELETE CASCADE,
  due timestamptz NOT NULL,
  -- late: nobody was there at the time.
  kind text NOT NULL CHECK (kind IN ('on_time', 'late', 'by_hand')),
  -- Times that passed unused before it.
  missed integer NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'making', 'made', 'failed')),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt timestamptz NOT NULL,
  -- Of whoever works on it; another may after that.
  leased_until timestamptz,
  error_code text,
  made_at timestamptz,
  file_name text,
  file bytea,
  bytes integer,
  sha256 bytea,
  -- PackSummary
  summary jsonb,
  UNIQUE (schedule_id, due)
);
CREATE INDEX report_run_todo ON report_run (next_attempt) WHERE state IN ('waiting', 'making');
CREATE INDEX report_run_file ON report_run (made_at) WHERE file IS NOT NULL;

CREATE TABLE report_delivery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Told to the other side; the same however often it is tried.
  message_id uuid NOT NULL UNIQUE,
  run_id bigint NOT NULL REFERENCES report_run ON DELETE CASCADE,
  schedule_id integer NOT NULL,
  due timestamptz NOT NULL,
  destination_id integer NOT NULL REFERENCES report_destination ON DELETE CASCADE,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt timestamptz NOT NULL,
  leased_until timestamptz,
  error_code text,
  -- What fills the sentence of the code.
  error_params jsonb,
  sent_at timestamptz,
  UNIQUE (schedule_id, due, destination_id)
);
CREATE INDEX report_delivery_run ON report_delivery (run_id);
CREATE INDEX report_delivery_todo ON report_delivery (next_attempt) WHERE state IN ('waiting', 'sending');
