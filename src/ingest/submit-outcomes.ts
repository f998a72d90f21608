/**
 * The way of outcomes into the log: each is one raw request of our own, durable like any webhook, also while the database
 * is away. What is wrong with one in itself parks it; check against settings before.
 */
import { OUTCOME_KIND, OWN_PROVIDER, outcomeTarget } from '../calls/index.js';
import type { OutcomeInput } from '../shared/outcomes.js';
import type { IngestService } from './ingest.service.js';
import type { Stored } from './log/log-writer.js';

/**
 * @param source what external ids are unique in: `me`, or the API key's
 * @param by who entered them, see `OutcomeTold`
 * @param receivedAt epoch ms; the version and time of what gives none
 * @returns what became of each, in order, once all are durable
 */
export function submitOutcomes(
  ingest: Pick<IngestService, 'acceptRaw'>,
  source: string,
  by: string | undefined,
  outcomes: readonly OutcomeInput[],
  receivedAt: number,
): Promise<Stored[]> {
  return Promise.all(
    outcomes.map((outcome) =>
      ingest.acceptRaw({
        provider: OWN_PROVIDER,
        kind: OUTCOME_KIND,
        target: outcomeTarget(source, by),
        body: Buffer.from(JSON.stringify(outcome)),
        receivedAt,
      }),
    ),
  );
}
