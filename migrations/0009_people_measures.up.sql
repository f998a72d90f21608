-- Sums of what people do and enter: outcomes, callbacks, time in states. Existing rows have none of it.
-- `_minor`: minor units of the campaign's currency. `_ms`: time in a state, under campaign 0 (it belongs to none).

ALTER TABLE rollup_slot
  ADD COLUMN contacts bigint NOT NULL DEFAULT 0,
  ADD COLUMN sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN inbound_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN other_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN inbound_revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN other_revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN first_call_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN callbacks_due bigint NOT NULL DEFAULT 0,
  ADD COLUMN callbacks_kept bigint NOT NULL DEFAULT 0,
  ADD COLUMN complaints bigint NOT NULL DEFAULT 0,
  ADD COLUMN dnc bigint NOT NULL DEFAULT 0,
  ADD COLUMN available_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN on_call_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN wrap_up_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN paused_ms bigint NOT NULL DEFAULT 0;

ALTER TABLE rollup_day
  ADD COLUMN contacts bigint NOT NULL DEFAULT 0,
  ADD COLUMN sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN inbound_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN other_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN inbound_revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN other_revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN first_call_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN callbacks_due bigint NOT NULL DEFAULT 0,
  ADD COLUMN callbacks_kept bigint NOT NULL DEFAULT 0,
  ADD COLUMN complaints bigint NOT NULL DEFAULT 0,
  ADD COLUMN dnc bigint NOT NULL DEFAULT 0,
  ADD COLUMN available_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN on_call_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN wrap_up_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN paused_ms bigint NOT NULL DEFAULT 0;

ALTER TABLE retained_slot
  ADD COLUMN contacts bigint NOT NULL DEFAULT 0,
  ADD COLUMN sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN inbound_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN other_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN inbound_revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN other_revenue_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN first_call_sales bigint NOT NULL DEFAULT 0,
  ADD COLUMN callbacks_due bigint NOT NULL DEFAULT 0,
  ADD COLUMN callbacks_kept bigint NOT NULL DEFAULT 0,
  ADD COLUMN complaints bigint NOT NULL DEFAULT 0,
  ADD COLUMN dnc bigint NOT NULL DEFAULT 0,
  ADD COLUMN available_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN on_call_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN wrap_up_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN paused_ms bigint NOT NULL DEFAULT 0;
