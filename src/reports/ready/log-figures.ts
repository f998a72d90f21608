/** What came in during a range, read from the log of events by the time of receipt (brin index call_event_received). */

import type { Pool } from 'pg';
import { OWN_PROVIDER } from '../../calls/index.js';
import { inTransaction, READ_SNAPSHOT } from '../../platform/index.js';

export interface LogFigures {
  events: number;
  /** Received more than so long after they happened, and the longest. */
  late: { overMinute: number; overQuarter: number; overDay: number; maxSeconds: number };
  /** Minutes (epoch ms of their start) in which each phone system was heard, in order; by name. */
  heard: { provider: string; minutes: number[] }[];
  /** Events that could not be used, by provider and reason; `open`: still waiting. */
  parked: { provider: string; reason: string; open: number; replayed: number; lastAt: string }[];
}

interface Row {
  minute: number;
  provider: string;
  events: number;
  minute_late: number;
  quarter_late: number;
  day_late: number;
  max_s: number;
}

export function readLog(pool: Pool, from: number, to: number): Promise<LogFigures> {
  const range = [from / 1000, to / 1000];
  return inTransaction(
    pool,
    async (tx) => {
      const { rows } = await tx.query<Row>(
        `SELECT (extract(epoch FROM date_trunc('minute', received_at)) * 1000)::float8 AS minute, provider,
           count(*)::integer AS events,
           count(*) FILTER (WHERE received_at - occurred_at > interval '1 minute')::integer AS minute_late,
           count(*) FILTER (WHERE received_at - occurred_at > interval '15 minutes')::integer AS quarter_late,
           count(*) FILTER (WHERE received_at - occurred_at > interval '1 day')::integer AS day_late,
           max(extract(epoch FROM received_at - occurred_at))::float8 AS max_s
         FROM call_event WHERE received_at >= to_timestamp($1::float8) AND received_at < to_timestamp($2::float8)
         GROUP BY 1, 2 ORDER BY 2, 1`,
        range,
      );
      const parked = await tx.query<LogFigures['parked'][number]>(
        `SELECT provider, reason, count(*) FILTER (WHERE replayed_at IS NULL)::integer AS open,
           count(*) FILTER (WHERE replayed_at IS NOT NULL)::integer AS replayed,
           to_char(max(received_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastAt"
         FROM parked_event WHERE received_at >= to_timestamp($1::float8) AND received_at < to_timestamp($2::float8)
         GROUP BY 1, 2 ORDER BY open DESC, provider, reason`,
        range,
      );
      return { ...figuresOf(rows), parked: parked.rows };
    },
    READ_SNAPSHOT,
  );
}

function figuresOf(rows: readonly Row[]): Omit<LogFigures, 'parked'> {
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    events: sum(({ events }) => events),
    late: {
      overMinute: sum((row) => row.minute_late),
      overQuarter: sum((row) => row.quarter_late),
      overDay: sum((row) => row.day_late),
      maxSeconds: rows.reduce((most, row) => Math.max(most, row.max_s), 0),
    },
    // What is made here goes on while a phone system is silent.
    heard: heardOf(rows.filter(({ provider }) => provider !== OWN_PROVIDER)),
  };
}

function heardOf(rows: readonly Row[]): LogFigures['heard'] {
  const heard = new Map<string, number[]>();
  for (const { provider, minute } of rows) {
    const minutes = heard.get(provider);
    if (minutes === undefined) heard.set(provider, [minute]);
    else minutes.push(minute);
  }
  return [...heard].map(([provider, minutes]) => ({ provider, minutes }));
}
