-- The audit log: who did what. Append-only and chained: `mac` is an HMAC-SHA256 under a key the database never sees, over
-- every column of the row and the `mac` of the row before it. `before` and `after` are canonical JSON kept as text,
-- because the MAC covers each of their bytes.

CREATE TABLE audit_event (
  -- 1, 2, 3 … without gaps; the primary key keeps two transactions from continuing the chain at the same place.
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'key', 'screen', 'system', 'anonymous')),
  -- Surrogate id, without a foreign key: the entry outlives whom it names.
  actor_id integer,
  address text,
  action text NOT NULL,
  subject_kind text,
  subject_id text,
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
  -- How many refused attempts of one actor within a minute this entry stands for.
  attempts integer NOT NULL CHECK (attempts > 0),
  before text,
  after text,
  key_id integer NOT NULL,
  mac bytea NOT NULL
);
CREATE INDEX audit_event_at ON audit_event (at, seq);
CREATE INDEX audit_event_actor ON audit_event (actor_kind, actor_id, seq);
CREATE INDEX audit_event_action ON audit_event (action, seq);
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id, seq) WHERE subject_id IS NOT NULL;

-- Where the chain begins after retention removed its oldest part: the last entry removed, signed with the same key.
CREATE TABLE audit_checkpoint (
  seq bigint PRIMARY KEY,
  -- MAC of entry `seq`, to which the first entry that is left is chained.
  mac bytea NOT NULL,
  at timestamptz NOT NULL,
  removed bigint NOT NULL,
  key_id integer NOT NULL,
  signature bytea NOT NULL
);

-- Against accidents and injected SQL. Against somebody who owns the database there is the chain and its anchor.
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only `audit_retire` says so, and only up to a checkpoint that is there.
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_event'
     AND current_setting('tallyboard.audit_retire_to', true) ~ '^[0-9]+$' THEN
    IF OLD.seq <= current_setting('tallyboard.audit_retire_to')::bigint
       AND EXISTS (SELECT 1 FROM audit_checkpoint c WHERE c.seq >= OLD.seq) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'The audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE TRIGGER audit_event_rows BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_whole BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_checkpoint_rows BEFORE UPDATE OR DELETE ON audit_checkpoint FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_checkpoint_whole BEFORE TRUNCATE ON audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Removes every entry up to the newest checkpoint, in the transaction that made it; returns how many.
CREATE FUNCTION audit_retire() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  upto bigint := (SELECT max(seq) FROM audit_checkpoint);
  gone integer;
BEGIN
  IF upto IS NULL THEN RETURN 0; END IF;
  PERFORM set_config('tallyboard.audit_retire_to', upto::text, true);
  DELETE FROM audit_event WHERE seq <= upto;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('tallyboard.audit_retire_to', '', true);
  RETURN gone;
END $$;
