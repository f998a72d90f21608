/** Callbacks in bulk: the way of every webhook from its translation on, without the HTTP request in front. */
import { OUTCOME_KIND, OWN_PROVIDER, outcomeTarget } from '../../calls/index.js';
import type { Core } from '../../core.js';
import type { Entry, RawRequest } from '../../ingest/index.js';
import { delay } from '../../platform/index.js';
import type { DemoBatch } from '../../simulator/index.js';
import { TWILIO_PROVIDER, translators } from '../../telephony/index.js';

const IN_FLIGHT_MAX = 2;
/** As the live floor enters them: with the bootstrap key. */
const DEMO_SOURCE = 'key:bootstrap';

export interface LoadProgress {
  events: number;
  /** 0 … 1 */
  share: number;
}

/** Resolves when everything is committed; returns how many callbacks were handed in. */
export async function loadBatches(
  core: Core,
  batches: AsyncIterable<DemoBatch>,
  options: { signal: AbortSignal; progress: (progress: LoadProgress) => void },
): Promise<number> {
  const inFlight = new Set<Promise<unknown>>();
  let events = 0;
  for await (const { posts, progress } of batches) {
    if (options.signal.aborted) break;
    const entries = posts.map((post): Entry => {
      const raw = rawOf(post);
      return { raw, translation: translators.translate(raw, core.config.orgCountry) };
    });
    const write = core.writer.write(entries).then(() => core.fold.wake());
    inFlight.add(write);
    // A failure surfaces through the race below; this handler only keeps it from being unheard meanwhile.
    write.catch(() => {}).finally(() => inFlight.delete(write));
    if (inFlight.size >= IN_FLIGHT_MAX) await Promise.race(inFlight);
    events += entries.length;
    options.progress({ events, share: progress });
  }
  await Promise.all(inFlight);
  return events;
}

/** The request as the server would have received it. */
function rawOf({ rawBody, dueAt: receivedAt, kind, rawTarget }: DemoBatch['posts'][number]): RawRequest {
  const body = Buffer.from(rawBody, 'utf8');
  if (kind !== 'outcome') return { provider: TWILIO_PROVIDER, kind, target: rawTarget, body, receivedAt };
  return { provider: OWN_PROVIDER, kind: OUTCOME_KIND, target: outcomeTarget(DEMO_SOURCE), body, receivedAt };
}

/** Resolves when the fold has caught up. */
export async function untilFolded(core: Core, signal: AbortSignal): Promise<void> {
  // Not how many there are: counting them over and over would take from the fold what it needs.
  const waiting = async (): Promise<boolean> => {
    const { rows } = await core.database.pool.query('SELECT 1 FROM call_event_pending LIMIT 1');
    return rows.length > 0;
  };
  while (!signal.aborted && (await waiting())) await delay(100);
}
