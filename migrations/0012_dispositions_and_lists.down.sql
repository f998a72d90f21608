DROP INDEX outcome_refusal, outcome_refusal_at, outcome_callback_agent;
DROP TABLE customer_owner;
DROP TABLE do_not_call_change;
DROP TABLE disposition;
