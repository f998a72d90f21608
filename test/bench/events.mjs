/** Prepared HTTP requests: a simulated floor's callbacks, signed by Twilio's own library, some of them twice. */
import { writeFileSync } from 'node:fs';
import twilio from 'twilio';
import { disturbed, floorCalls, floorOf, rawBodyOf, webhookStream } from '../../dist/server/simulator/index.js';

export const PUBLIC_URL = 'https://bench.example.com';
export const TOKEN = 'b3f1c5a7d9e02468ace13579bdf02468';

/** Writes `count` requests to `file`; the callbacks end shortly before now. Returns how many are distinct. */
export function prepare(file, { count, agents, seed, duplicates = 0.03 }) {
  const shift = (startsAt) => ({
    seed,
    label: 'bench',
    agents: floorOf(seed, agents),
    startsAt,
    lengthSeconds: 9 * 3600,
    rolling: true,
    attendance: 1,
  });
  const take = (startsAt) => {
    const all = [];
    for (const webhook of disturbed(webhookStream(floorCalls(shift(startsAt)), seed, 'full'), seed, {
      duplicates,
      late: 0.02,
    })) {
      all.push(webhook);
      if (all.length === count) break;
    }
    return all;
  };
  const nowSeconds = Math.floor(Date.now() / 1000);
  const probe = take(nowSeconds);
  const webhooks = take(nowSeconds - Math.ceil(probe.at(-1).dueAt / 1000 - nowSeconds + 60));
  const lines = webhooks.map(({ rawTarget, form }) => {
    const webhook = { rawTarget, form };
    return JSON.stringify({ webhook, request: requestOf(webhook) });
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return new Set(lines).size;
}

/** Path, headers and body of a signed callback. */
export function requestOf(webhook) {
  const params = Object.fromEntries(webhook.form);
  const signature = twilio.getExpectedTwilioSignature(TOKEN, PUBLIC_URL + webhook.rawTarget, params);
  return {
    path: webhook.rawTarget,
    headers: {
      host: 'bench.example.com',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': signature,
    },
    body: rawBodyOf(webhook),
  };
}
