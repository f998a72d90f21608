-- Sums of removed calls can be told from nothing without these tables: refused while there are any.
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM retained_slot) OR EXISTS (SELECT 1 FROM customer WHERE number_cipher IS NULL AND blind_index IS NOT NULL) THEN
    RAISE EXCEPTION 'Calls were removed by retention: their sums cannot be kept without migration 0008';
  END IF;
END $$;
DROP INDEX IF EXISTS parked_event_logged;
ALTER TABLE customer
  DROP CONSTRAINT customer_erased,
  ADD CONSTRAINT customer_erased
    CHECK ((blind_index IS NULL) = (number_cipher IS NULL) AND (blind_index IS NULL) = (index_key_id IS NULL));
DROP TABLE number_release, loose_number, forgotten_leg;
DROP INDEX customer_first_dial_retained;
ALTER TABLE customer_first_dial DROP COLUMN retained;
DROP TABLE retained_customer_day, retained_slot;
