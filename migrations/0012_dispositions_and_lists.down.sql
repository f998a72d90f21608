DROP TABLE customer_owner;
DROP TABLE do_not_call_change;
DROP TABLE disposition;
