ALTER TABLE team DROP COLUMN shows_ranks;
