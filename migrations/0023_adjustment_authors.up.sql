-- Who a change of a closed month came from: [{"kind": "user" | "key" | …, "id": …}]; none for events of a telephone system.
ALTER TABLE closed_adjustment ADD COLUMN by jsonb NOT NULL DEFAULT '[]';
-- Why and by whom, for work that a change of settings leaves to the worker.
ALTER TABLE resolution_task ADD COLUMN reason text NOT NULL DEFAULT '', ADD COLUMN by jsonb NOT NULL DEFAULT '[]';
ALTER TABLE presence_todo ADD COLUMN reason text NOT NULL DEFAULT '', ADD COLUMN by jsonb NOT NULL DEFAULT '[]';
