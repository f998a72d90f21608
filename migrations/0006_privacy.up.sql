-- Erasure of a person: what is left of them so that it cannot be undone. Totals stay; see docs/privacy.md.

-- One row for each erasure. Its highest id is the version processes compare theirs with, in the statement that appends
-- to the log: whoever has not heard of the latest erasure yet cannot write as if it had not happened.
CREATE TABLE erasure (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('customer', 'agent')),
  -- Surrogate id; null: the number had never been seen.
  subject_id bigint,
  reason text NOT NULL,
  erased_at timestamptz NOT NULL,
  -- What went with it.
  bodies integer NOT NULL,
  parked integer NOT NULL
);
CREATE INDEX erasure_subject ON erasure (kind, subject_id);

-- An erased number, as its blind index only. Events of before `erased_at` stay out, later ones make a new customer.
CREATE TABLE customer_tombstone (
  blind_index bytea NOT NULL,
  index_key_id integer NOT NULL,
  -- Whose it was; null: nobody's yet.
  customer_id bigint REFERENCES customer,
  erased_at timestamptz NOT NULL,
  erasure_id integer NOT NULL REFERENCES erasure,
  PRIMARY KEY (blind_index, erasure_id)
);

-- An erased agent's name in a phone system, as a keyed hash, and what stands for it in events and calls since.
CREATE TABLE agent_tombstone (
  name_index bytea NOT NULL,
  index_key_id integer NOT NULL,
  agent_id integer NOT NULL REFERENCES agent,
  pseudonym text NOT NULL,
  erased_at timestamptz NOT NULL,
  erasure_id integer NOT NULL REFERENCES erasure,
  PRIMARY KEY (name_index, erasure_id)
);

-- An erased customer's row stays for the calls that refer to it, without number and index.
ALTER TABLE customer
  ALTER COLUMN blind_index DROP NOT NULL,
  ALTER COLUMN index_key_id DROP NOT NULL,
  ADD CONSTRAINT customer_erased
    CHECK ((blind_index IS NULL) = (number_cipher IS NULL) AND (blind_index IS NULL) = (index_key_id IS NULL));
