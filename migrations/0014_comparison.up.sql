-- Whether the agents of a team see each other's places. Those who lead it always do.
ALTER TABLE team ADD COLUMN shows_ranks boolean NOT NULL DEFAULT true;
