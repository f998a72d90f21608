/** Schedules and their history as the API shows them: no address, no secret. */
import type { Queryable } from '../../audit/index.js';
import { AppError, isoOf, type Keys } from '../../platform/index.js';
import type { Localised } from '../../shared/api.js';
import {
  type DeliveryView,
  type DestinationView,
  type LastRunState,
  type Retry,
  type RunView,
  type ScheduleView,
  TRIES_MAX,
} from '../../shared/schedules.js';
import { openDestination, viewOfDestination } from './destinations/destination.js';
import { deliveriesOf, type HistoryDelivery, type HistoryRun, type LastRun, lastRuns } from './run.repository.js';
import { type DestinationRow, destinationsOf, type ScheduleRow } from './schedule.repository.js';

const iso = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/** @param zone of the organisation now */
export async function scheduleViews(
  db: Queryable,
  keys: Keys,
  rows: readonly ScheduleRow[],
  zone: string,
): Promise<ScheduleView[]> {
  const ids = rows.map(({ id }) => id);
  const destinations = await destinationsOf(db, ids);
  const last = new Map((await lastRuns(db, ids)).map((run) => [run.scheduleId, run]));
  return rows.map(({ nextRun, zone: own, ...row }) => {
    const run = last.get(row.id);
    return {
      ...row,
      zone: own ?? zone,
      zoneOfOrganisation: own === null,
      destinations: destinations
        .filter(({ scheduleId, sealed }) => scheduleId === row.id && sealed !== null)
        .map((one) => destinationView(keys, one)),
      nextRun: iso(nextRun),
      lastRun: run === undefined ? null : { due: isoOf(run.due), ...lastState(run) },
    };
  });
}

function lastState(run: LastRun): { state: LastRunState; retry: Retry | null } {
  const { state, all, sent, failed, begun, reached, again } = run;
  if (state === 'failed') return { state: 'failed', retry: null };
  if (state === 'waiting') {
    const retry = retryOf(run.attempts, run.nextAttempt);
    return { state: retry === null ? 'waiting' : 'retrying', retry };
  }
  if (state === 'making') return { state: 'making', retry: null };
  if (sent + failed + begun < all) return { state: 'sending', retry: null };
  if (again !== null) return { state: 'retrying', retry: retryOf(again.attempts, again.at) };
  if (failed === 0) return { state: 'sent', retry: null };
  return { state: reached === 0 ? 'failed' : 'partly_failed', retry: null };
}

/** Null: it has not been tried yet. */
function retryOf(attempts: number, at: number): Retry | null {
  return attempts === 0 ? null : { attempt: attempts + 1, of: TRIES_MAX, at: isoOf(at) };
}

function destinationView(keys: Keys, { id, kind, sealed }: DestinationRow): DestinationView {
  return viewOfDestination(id, kind, sealed === null ? null : openDestination(keys, id, sealed));
}

export async function runViews(db: Queryable, keys: Keys, runs: readonly HistoryRun[]): Promise<RunView[]> {
  const schedules = [...new Set(runs.map(({ scheduleId }) => scheduleId))];
  const destinations = new Map(
    (await destinationsOf(db, schedules)).map((one) => [one.id, destinationView(keys, one)]),
  );
  const deliveries = await deliveriesOf(
    db,
    runs.map(({ id }) => id),
  );
  return runs.map((run) => ({
    id: run.id,
    due: isoOf(run.due),
    kind: run.kind,
    missed: run.missed,
    state: run.state,
    retry: run.state === 'waiting' ? retryOf(run.attempts, run.nextAttempt) : null,
    error: run.errorCode === null ? null : { code: run.errorCode, message: sentenceOf(run.errorCode, {}) },
    file:
      run.fileName === null || run.bytes === null || run.sha256 === null
        ? null
        : { name: run.fileName, bytes: run.bytes, sha256: run.sha256, kept: run.kept },
    deliveries: deliveries.flatMap((one) => {
      const destination = destinations.get(one.destinationId);
      return one.runId !== run.id || destination === undefined ? [] : [deliveryView(one, destination)];
    }),
  }));
}

function deliveryView(row: HistoryDelivery, destination: DestinationView): DeliveryView {
  const { id, state, attempts, nextAttempt, sentAt, errorCode, errorParams, textSent, interrupted } = row;
  const retry = state === 'waiting' ? retryOf(attempts, nextAttempt) : null;
  return {
    id,
    destination,
    state,
    attempts,
    nextAttempt: retry?.at ?? null,
    retry,
    sentAt: iso(sentAt),
    textOnly: textSent && state !== 'sent',
    maybeTwice: interrupted,
    error: errorCode === null ? null : { code: errorCode, message: sentenceOf(errorCode, errorParams ?? {}) },
  };
}

/** Codes are never reused, but a row may be older than the catalogue of this version. */
function sentenceOf(code: string, params: Record<string, string | number>): Localised {
  try {
    return new AppError(code as ConstructorParameters<typeof AppError>[0], { params }).sentence;
  } catch {
    return { en: code, zh: code };
  }
}
