-- What this installation is, one row. `key_id` names the master key that everything encrypted here was written with,
-- so that a start with a lost or foreign key file is refused instead of mixing two keys.
CREATE TABLE instance (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  key_id     integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
