-- The last erasure whose end the reading of an export saw: a later one has its file made anew or deleted. Times cannot tell,
-- for an erasure is dated before it is committed, and by another clock.
ALTER TABLE export_job ADD COLUMN erasures_seen integer;
UPDATE export_job e SET erasures_seen = coalesce((SELECT max(r.id) FROM erasure r WHERE r.erased_at <= e.read_from), 0)
WHERE e.read_from IS NOT NULL;
