-- Links from messages to the pack behind them; how far a delivery got that was cut off.

ALTER TABLE report_schedule
  -- Where a message links to the file: not at all, to the sign-in and then the file, or to the file itself.
  ADD COLUMN pack_link text NOT NULL DEFAULT 'sign_in' CHECK (pack_link IN ('none', 'sign_in', 'open')),
  -- Times the file of one message may be fetched without sign-in, when that is allowed.
  ADD COLUMN pack_link_uses smallint NOT NULL DEFAULT 1 CHECK (pack_link_uses BETWEEN 1 AND 20);

-- The last erasure whose end the making of a pack saw: a later one has its file made anew or deleted.
ALTER TABLE report_run ADD COLUMN erasures_seen integer;
UPDATE report_run r SET erasures_seen = coalesce((SELECT max(e.id) FROM erasure e WHERE e.erased_at <= r.made_at), 0)
  WHERE r.file IS NOT NULL;

ALTER TABLE report_delivery
  -- Of a delivery in two steps: the text has arrived, the file has not yet.
  ADD COLUMN text_sent_at timestamptz,
  -- Whoever sent it ended without saying how that went: it was sent again and may have arrived twice.
  ADD COLUMN interrupted boolean NOT NULL DEFAULT false;

-- Of the token in a message only the hash.
CREATE TABLE report_link (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  delivery_id bigint NOT NULL REFERENCES report_delivery ON DELETE CASCADE,
  -- Without sign-in. 0: never.
  uses_max smallint NOT NULL,
  uses smallint NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL
);
CREATE INDEX report_link_delivery ON report_link (delivery_id);
