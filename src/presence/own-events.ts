/**
 * Events made here: what a person says of themself, and the end of a status nobody ended. Pure: the body says it all, so
 * that a stored one translates to the same event later.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OWN_PROVIDER } from '../calls/index.js';
import { CHOSEN_STATES } from '../shared/presence.js';
import { switchStream, type TranslatedPresence } from './presence-event.js';

export const STATE_KIND = 'state';
export const STATE_TARGET = '/api/v1/me/state';
export const STATE_PARK_REASONS = ['state_invalid'] as const;

const StateBody = z.strictObject({
  agentId: z.int().min(1),
  state: z.enum(CHOSEN_STATES),
  reason: z.string().min(1).max(32).optional(),
  /** Epoch ms. */
  at: z.int().min(0),
});
export type StateBody = z.infer<typeof StateBody>;

export function stateBody(body: StateBody): Buffer {
  return Buffer.from(JSON.stringify(body));
}

export function translateState(raw: {
  body: Buffer;
}): { ok: true; event: TranslatedPresence } | { ok: false; reason: (typeof STATE_PARK_REASONS)[number] } {
  const read = StateBody.safeParse(parsed(raw.body));
  if (!read.success) return { ok: false, reason: 'state_invalid' };
  const { agentId, state, reason, at } = read.data;
  const stream = switchStream(agentId);
  return {
    ok: true,
    event: {
      provider: OWN_PROVIDER,
      account: OWN_PROVIDER,
      type: 'presence.state',
      legId: stream,
      parentLegId: null,
      agentParam: null,
      campaignParam: null,
      told: { agentId, state, ...(reason === undefined ? {} : { reason }) },
      occurredAt: at,
      from: { kind: 'none' },
      to: { kind: 'none' },
      dedupKey: createHash('sha256')
        .update(`${stream}|${at}|${state}|${reason ?? ''}`)
        .digest(),
    },
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
