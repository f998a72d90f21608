/** What an outcome may look like when it comes in, of whatever source: the shape of `OutcomeInput` (src/shared/outcomes.ts). */
import { z } from 'zod';

/** Text of machines: no control characters. */
const plain = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');
const Instant = z.iso.datetime({ offset: true, error: 'must be ISO 8601 with a zone, like 2026-03-02T09:30:00Z' });
const AgentId = z.int().min(1).max(2_147_483_647);
/** Well inside what a JSON number and a sum over years can hold. */
const AMOUNT_MAX = 1_000_000_000_000;

export const OutcomeInputSchema = z.strictObject({
  externalId: plain(128),
  version: z.int().min(0).optional(),
  at: Instant.optional(),
  agentId: AgentId.optional(),
  agent: plain(128).optional(),
  call: plain(128).optional(),
  customer: plain(64).optional(),
  campaign: plain(128).optional(),
  disposition: z
    .string()
    .regex(/^[a-z0-9_-]{1,64}$/, 'must be the key of a disposition')
    .nullish(),
  sale: z
    .strictObject({
      amountMinor: z.int().min(0).max(AMOUNT_MAX),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 4217)')
        .optional(),
      shares: z
        .array(z.strictObject({ agentId: AgentId, share: z.int().min(1).max(1_000_000) }))
        .max(20)
        .optional(),
    })
    .nullish(),
  callbackAt: Instant.nullish(),
  note: z.string().max(2_000).nullish(),
  cancelled: z.boolean().optional(),
});

export type ParsedOutcome = z.infer<typeof OutcomeInputSchema>;
