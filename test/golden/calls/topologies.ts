/** One call per topology of telephony.md 1.9. Ada counts in Berlin (UTC+2 in May), Chen in Kathmandu (UTC+5:45). */
import type { GoldenCase } from './notation.js';

export const TOPOLOGY_CASES: GoldenCase[] = [
  {
    name: 'softphone: only the customer leg counts, 10:00:30 → 10:01:31 is 61 s of talk, 10:00:10 → 10:00:30 is 20 s of ring',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - inbound       client:ada tel:101 10:00:05 ringing
          A - inbound       client:ada tel:101 10:00:05 answered
          B A outbound-dial tel:901    tel:101 10:00:07 initiated
          B A outbound-dial tel:901    tel:101 10:00:10 ringing
          B A outbound-dial tel:901    tel:101 10:00:30 answered
          B A outbound-dial tel:901    tel:101 10:01:31 completed duration=61
          A - inbound       client:ada tel:101 10:01:32 completed duration=87`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            dials: 1,
            connects: 1,
            connects_ended: 1,
            humans: 1,
            handled: 1,
            talk_ms: 61_000,
            ring_ms: 20_000,
          },
        },
      },
    ],
  },
  {
    name: 'SIP phone, not answered: the dial belongs to the agent who began it; 25 s of ring',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - inbound       sip:chen tel:102 10:14:50 answered
          B A outbound-dial tel:901  tel:102 10:14:59 initiated
          B A outbound-dial tel:901  tel:102 10:15:02 ringing
          B A outbound-dial tel:901  tel:102 10:15:27 no-answer
          A - inbound       sip:chen tel:102 10:15:28 completed duration=38`,
        // The customer leg began at 10:14:59: the slot of 10:00, not of 10:15.
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Chen | Hills | default': { dials: 1, no_answer: 1, ring_ms: 25_000 },
        },
      },
    ],
  },
  {
    name: 'click-to-dial, agent first, customer busy',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:901 client:ada 10:00:00 initiated
          A - outbound-api  tel:901 client:ada 10:00:04 answered
          B A outbound-dial tel:901 tel:103    10:00:05 initiated
          B A outbound-dial tel:901 tel:103    10:00:09 busy
          A - outbound-api  tel:901 client:ada 10:00:10 completed duration=6`,
        sums: { '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, busy: 1 } },
      },
    ],
  },
  {
    name: "click-to-dial to the agent's own phone (950 is Chen's), then to the customer, then a transfer to Ada",
    date: '2026-05-05',
    steps: [
      {
        // Talk: 10:00:20 → 10:05:20 is 300 s, just effective. Ada was connected within it.
        reports: `
          A - outbound-api  tel:901 tel:950    10:00:00 initiated
          A - outbound-api  tel:901 tel:950    10:00:05 answered
          B A outbound-dial tel:901 tel:101    10:00:06 initiated
          B A outbound-dial tel:901 tel:101    10:00:10 ringing
          B A outbound-dial tel:901 tel:101    10:00:20 answered
          C B outbound-dial tel:901 client:ada 10:03:00 initiated
          C B outbound-dial tel:901 client:ada 10:03:05 answered
          A - outbound-api  tel:901 tel:950    10:03:10 completed duration=185
          B A outbound-dial tel:901 tel:101    10:05:20 completed duration=300
          C B outbound-dial tel:901 client:ada 10:05:20 completed duration=135`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Chen | Hills | default': {
            dials: 1,
            connects: 1,
            connects_ended: 1,
            humans: 1,
            effective: 1,
            handled: 1,
            talk_ms: 300_000,
            ring_ms: 10_000,
          },
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { handled: 1 },
        },
      },
    ],
  },
  {
    name: 'predictive: offered to Chen and Ada, Ada took it; Chen owns nothing',
    date: '2026-05-05',
    steps: [
      {
        // Talk is the customer's: 10:00:10 → 10:01:10, although Ada joined 4 s later.
        reports: `
          A - outbound-api  tel:901 tel:101     10:00:00 initiated
          A - outbound-api  tel:901 tel:101     10:00:02 ringing
          A - outbound-api  tel:901 tel:101     10:00:10 answered
          B A outbound-dial tel:901 client:chen 10:00:11 ringing
          C A outbound-dial tel:901 client:ada  10:00:11 ringing
          C A outbound-dial tel:901 client:ada  10:00:14 answered
          B A outbound-dial tel:901 client:chen 10:00:14 canceled
          A - outbound-api  tel:901 tel:101     10:01:10 completed duration=60
          C A outbound-dial tel:901 client:ada  10:01:10 completed duration=56`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            dials: 1,
            connects: 1,
            connects_ended: 1,
            humans: 1,
            handled: 1,
            talk_ms: 60_000,
            ring_ms: 8_000,
          },
        },
      },
    ],
  },
  {
    name: 'predictive, nobody took it: it belongs to the campaign, agent unassigned, zone of the main site (UTC+8)',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:902 tel:101    10:00:00 initiated
          A - outbound-api  tel:902 tel:101    10:00:10 answered
          B A outbound-dial tel:902 client:ada 10:00:11 ringing
          A - outbound-api  tel:902 tel:101    10:00:18 completed duration=8
          B A outbound-dial tel:902 client:ada 10:00:18 no-answer`,
        // 902 is a number of campaign "spring". When it began to ring is not known, so the call is incomplete.
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Unassigned | Unassigned | spring': {
            dials: 1,
            connects: 1,
            connects_ended: 1,
            humans: 1,
            talk_ms: 8_000,
            incomplete: 1,
          },
        },
      },
    ],
  },
  {
    name: 'inbound: offered to Chen, then answered by Ada; both connected 10:00:20 → 10:00:50, 30 s',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - inbound       tel:101 tel:901     10:00:00 ringing
          A - inbound       tel:101 tel:901     10:00:01 answered
          B A outbound-dial tel:101 client:chen 10:00:02 ringing
          B A outbound-dial tel:101 client:chen 10:00:12 no-answer
          C A outbound-dial tel:101 client:ada  10:00:13 ringing
          C A outbound-dial tel:101 client:ada  10:00:20 answered
          C A outbound-dial tel:101 client:ada  10:00:50 completed duration=30
          A - inbound       tel:101 tel:901     10:00:52 completed duration=51`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            inbound: 1,
            inbound_answered: 1,
            inbound_talk_ms: 30_000,
          },
        },
      },
    ],
  },
  {
    name: 'inbound with a transfer: 10:00:10 → 10:01:00 with Ada and 10:00:55 → 10:01:30 with Chen is 80 s, the overlap once',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - inbound       tel:101 tel:901     10:00:00 ringing
          A - inbound       tel:101 tel:901     10:00:01 answered
          B A outbound-dial tel:101 client:ada  10:00:10 answered
          C B outbound-dial tel:101 client:chen 10:00:55 answered
          B A outbound-dial tel:101 client:ada  10:01:00 completed duration=50
          C B outbound-dial tel:101 client:chen 10:01:30 completed duration=35
          A - inbound       tel:101 tel:901     10:01:30 completed duration=89`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            inbound: 1,
            inbound_answered: 1,
            inbound_talk_ms: 80_000,
          },
        },
      },
    ],
  },
  {
    name: 'inbound, an anonymous caller who left first',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - inbound       anonymous tel:901    10:00:00 ringing
          A - inbound       anonymous tel:901    10:00:01 answered
          B A outbound-dial anonymous client:ada 10:00:02 ringing
          B A outbound-dial anonymous client:ada 10:00:09 canceled
          A - inbound       anonymous tel:901    10:00:09 completed duration=8`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Unassigned | Unassigned | default': {
            inbound: 1,
            inbound_abandoned: 1,
          },
        },
      },
    ],
  },
  {
    name: 'inbound, hung up in the menu before any offer: no inbound call',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - inbound tel:101 tel:901 10:00:00 ringing
          A - inbound tel:101 tel:901 10:00:01 answered
          A - inbound tel:101 tel:901 10:00:09 completed duration=8`,
        sums: {},
      },
    ],
  },
  {
    name: 'between agents: counted apart, no dial',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - inbound       client:ada client:chen 10:00:00 ringing
          A - inbound       client:ada client:chen 10:00:01 answered
          B A outbound-dial client:ada client:chen 10:00:05 answered
          B A outbound-dial client:ada client:chen 10:00:45 completed duration=40
          A - inbound       client:ada client:chen 10:00:45 completed duration=44`,
        sums: { '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { internal: 1 } },
      },
    ],
  },
  {
    name: 'three levels of transfer: Ada began it, Chen and Dana handled it too, each in the own team',
    date: '2026-05-05',
    steps: [
      {
        // Dana's leg rang on, Eve was only offered the call.
        reports: `
          A - inbound       client:ada tel:101     10:00:00 answered
          B A outbound-dial tel:901    tel:101     10:00:01 initiated
          B A outbound-dial tel:901    tel:101     10:00:01 ringing
          B A outbound-dial tel:901    tel:101     10:00:11 answered
          C B outbound-dial tel:901    client:chen 10:01:00 answered
          D C outbound-dial tel:901    client:dana 10:02:00 answered
          E C outbound-dial tel:901    client:eve  10:02:00 ringing
          E C outbound-dial tel:901    client:eve  10:02:09 canceled
          A - inbound       client:ada tel:101     10:01:05 completed duration=65
          B A outbound-dial tel:901    tel:101     10:04:11 completed duration=240
          C B outbound-dial tel:901    client:chen 10:04:11 completed duration=191
          D C outbound-dial tel:901    client:dana 10:04:11 completed duration=131`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            dials: 1,
            connects: 1,
            connects_ended: 1,
            humans: 1,
            handled: 1,
            talk_ms: 240_000,
            ring_ms: 10_000,
          },
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Chen | Hills | default': { handled: 1 },
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Dana | Island | default': { handled: 1 },
        },
      },
    ],
  },
];
