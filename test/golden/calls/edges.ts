/** The rules for edge cases that telephony alone can raise (kpi.md section 4), each with its arithmetic. */
import type { GoldenCase } from './notation.js';

const answered = { dials: 1, connects: 1, connects_ended: 1, humans: 1 };

/** A click-to-dial call of one agent, answered at once; the agent's leg is not reported in detail. */
const dial = (agent: string, from: string, talk: string, to: string, more = ''): string => `
  A - outbound-api  tel:901 client:${agent} ${from} answered
  B A outbound-dial tel:901 tel:101 ${from} initiated ${more}
  B A outbound-dial tel:901 tel:101 ${from} ringing ${more}
  B A outbound-dial tel:901 tel:101 ${talk} answered ${more}
  B A outbound-dial tel:901 tel:101 ${to} completed ${more}`;

export const EDGE_CASES: GoldenCase[] = [
  {
    name: 'over midnight: it amends the day it started in; Berlin is UTC+2, 21:59:50 UTC is 23:59:50 of 5 May',
    date: '2026-05-05',
    steps: [
      {
        reports: dial('ada', '21:59:50', '22:00:05', '22:10:05'),
        // 600 s of talk, 15 s of ring, all in the slot of 21:45
        sums: {
          '2026-05-05T21:45:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered, handled: 1, effective: 1, talk_ms: 600_000, ring_ms: 15_000,
          },
        },
      },
    ],
  },
  {
    name: 'a second after that midnight is the next day',
    date: '2026-05-05',
    steps: [
      {
        reports: dial('ada', '22:00:00', '22:00:10', '22:00:20'),
        sums: {
          '2026-05-05T22:00:00.000Z | 2026-05-06 | Ada | North | default': { ...answered, handled: 1, talk_ms: 10_000, ring_ms: 10_000 },
        },
      },
    ],
  },
  {
    name: 'Berlin, clocks go forward: 01:59:59 and 03:00:00 of 29 March are one second apart and one day',
    date: '2026-03-29',
    steps: [
      {
        reports: dial('ada', '00:59:59', '01:00:09', '01:00:19'),
        sums: {
          '2026-03-29T00:45:00.000Z | 2026-03-29 | Ada | North | default': { ...answered, handled: 1, talk_ms: 10_000, ring_ms: 10_000 },
        },
      },
    ],
  },
  {
    name: 'Berlin, clocks go back: 02:30 comes twice on 25 October, in two slots of one day',
    date: '2026-10-25',
    steps: [
      {
        reports: `
          ${dial('ada', '00:30:00', '00:30:05', '00:30:10')}
          ${dial('ada', '01:30:00', '01:30:05', '01:30:10').replaceAll('A -', 'C -').replaceAll('B A', 'D C')}`,
        sums: {
          '2026-10-25T00:30:00.000Z | 2026-10-25 | Ada | North | default': { ...answered, handled: 1, talk_ms: 5_000, ring_ms: 5_000 },
          '2026-10-25T01:30:00.000Z | 2026-10-25 | Ada | North | default': { ...answered, handled: 1, talk_ms: 5_000, ring_ms: 5_000 },
        },
      },
    ],
  },
  {
    name: 'New York, day from 02:30, which does not exist on 8 March: that day starts at 03:00, 07:00 UTC',
    date: '2026-03-08',
    steps: [
      {
        reports: dial('eve', '06:59:59', '07:00:00', '07:00:01'),
        sums: {
          '2026-03-08T06:45:00.000Z | 2026-03-07 | Eve | West | default': { ...answered, handled: 1, talk_ms: 1_000, ring_ms: 1_000 },
        },
      },
    ],
  },
  {
    name: 'the same zone at 07:00 UTC is 8 March',
    date: '2026-03-08',
    steps: [
      {
        reports: dial('eve', '07:00:00', '07:00:01', '07:00:02'),
        sums: {
          '2026-03-08T07:00:00.000Z | 2026-03-08 | Eve | West | default': { ...answered, handled: 1, talk_ms: 1_000, ring_ms: 1_000 },
        },
      },
    ],
  },
  {
    name: 'Kathmandu is UTC+5:45: its midnight is 18:15 UTC, in the middle of our hour (before the zone of the site changed)',
    date: '2026-05-04',
    steps: [
      {
        reports: `
          ${dial('chen', '18:14:59', '18:15:00', '18:15:01')}
          ${dial('chen', '18:15:00', '18:15:01', '18:15:02').replaceAll('A -', 'C -').replaceAll('B A', 'D C')}`,
        sums: {
          '2026-05-04T18:00:00.000Z | 2026-05-04 | Chen | Hills | default': { ...answered, handled: 1, talk_ms: 1_000, ring_ms: 1_000 },
          '2026-05-04T18:15:00.000Z | 2026-05-05 | Chen | Hills | default': { ...answered, handled: 1, talk_ms: 1_000, ring_ms: 1_000 },
        },
      },
    ],
  },
  {
    name: 'Lord Howe, half an hour vanishes at 02:00 of 4 October (15:30 UTC), where its day from 02:00 begins',
    date: '2026-10-03',
    steps: [
      {
        reports: `
          ${dial('dana', '15:29:59', '15:30:00', '15:30:01')}
          ${dial('dana', '15:30:00', '15:30:01', '15:30:02').replaceAll('A -', 'C -').replaceAll('B A', 'D C')}`,
        sums: {
          '2026-10-03T15:15:00.000Z | 2026-10-03 | Dana | Island | default': { ...answered, handled: 1, talk_ms: 1_000, ring_ms: 1_000 },
          '2026-10-03T15:30:00.000Z | 2026-10-04 | Dana | Island | default': { ...answered, handled: 1, talk_ms: 1_000, ring_ms: 1_000 },
        },
      },
    ],
  },
  {
    name: 'transfer over zones: Ada began it on 5 May in Berlin, for Chen in Kolkata it was 6 May (01:40), for him it counts there',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          ${dial('ada', '20:10:00', '20:10:10', '20:12:10')}
          C B outbound-dial tel:901 client:chen 20:11:00 answered
          C B outbound-dial tel:901 client:chen 20:12:10 completed duration=70`,
        sums: {
          '2026-05-05T20:00:00.000Z | 2026-05-05 | Ada | North | default': { ...answered, handled: 1, talk_ms: 120_000, ring_ms: 10_000 },
          '2026-05-05T20:00:00.000Z | 2026-05-06 | Chen | Hills | default': { handled: 1 },
        },
      },
    ],
  },
  {
    name: 'no end for 4 h 05: stale, without talk; the real end corrects it to 10:00:10 → 11:00:10, 3600 s',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:901 client:ada 10:00:00 answered
          B A outbound-dial tel:901 tel:101    10:00:00 initiated
          B A outbound-dial tel:901 tel:101    10:00:00 ringing
          B A outbound-dial tel:901 tel:101    10:00:10 answered`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, connects: 1, humans: 1, handled: 1, ring_ms: 10_000 },
        },
      },
      {
        reports: 'A - - - - 14:05:00 stale',
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { ...answered, handled: 1, stale: 1, ring_ms: 10_000 },
        },
      },
      {
        reports: 'B A outbound-dial tel:901 tel:101 11:00:10 completed duration=3600',
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered, handled: 1, effective: 1, talk_ms: 3_600_000, ring_ms: 10_000,
          },
        },
      },
    ],
  },
  {
    name: 'never answered and never ended: stale counts as failed; a late no-answer corrects that too',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:901 client:ada 10:00:00 answered
          B A outbound-dial tel:901 tel:101    10:00:00 initiated
          A - - - - 14:05:00 stale`,
        sums: { '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, failed: 1, stale: 1 } },
      },
      {
        reports: `
          B A outbound-dial tel:901 tel:101 10:00:30 no-answer
          B A outbound-dial tel:901 tel:101 10:00:05 ringing`,
        sums: { '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, no_answer: 1, ring_ms: 25_000 } },
      },
    ],
  },
  {
    name: 'only `completed` of both legs: 10:15:05 less 60 s is 10:14:05, so the slot of 10:00; ring unknown, flagged',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:901 client:ada 10:15:06 completed duration=75
          B A outbound-dial tel:901 tel:101    10:15:05 completed duration=60`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { ...answered, handled: 1, incomplete: 1, talk_ms: 60_000 },
        },
      },
    ],
  },
  {
    name: 'a report that comes late moves the call to the slot it began in: 10:15:01 was not the start, 10:14:58 was',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:901 client:ada 10:14:50 answered
          B A outbound-dial tel:901 tel:101    10:15:01 ringing
          B A outbound-dial tel:901 tel:101    10:15:11 busy`,
        sums: { '2026-05-05T10:15:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, busy: 1, ring_ms: 10_000 } },
      },
      {
        reports: 'B A outbound-dial tel:901 tel:101 10:14:58 initiated',
        sums: { '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, busy: 1, ring_ms: 10_000 } },
      },
    ],
  },
  {
    name: 'the duration is a second longer than the call can have been: it began at 10:15:00 as reported, talk 10 s',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:901 client:ada 10:14:50 answered
          B A outbound-dial tel:901 tel:101    10:15:00 initiated
          B A outbound-dial tel:901 tel:101    10:15:00 ringing
          B A outbound-dial tel:901 tel:101    10:15:10 completed duration=11`,
        sums: {
          '2026-05-05T10:15:00.000Z | 2026-05-05 | Ada | North | default': { ...answered, handled: 1, talk_ms: 10_000 },
        },
      },
    ],
  },
  {
    name: 'answered by a machine, told after the end: 400 s of talk, not effective, no person',
    date: '2026-05-05',
    steps: [
      {
        reports: dial('ada', '10:00:00', '10:00:10', '10:06:50'),
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered, handled: 1, effective: 1, talk_ms: 400_000, ring_ms: 10_000,
          },
        },
      },
      {
        reports: 'B A - - - 10:00:14 amd by=machine',
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            dials: 1, connects: 1, connects_ended: 1, machine: 1, handled: 1, talk_ms: 400_000, ring_ms: 10_000,
          },
        },
      },
    ],
  },
  {
    name: 'detection came before anything else and is unsure: a connect, but no person',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          B A - - - 10:00:14 amd by=unknown
          ${dial('ada', '10:00:00', '10:00:10', '10:06:50')}`,
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            dials: 1, connects: 1, connects_ended: 1, effective: 1, handled: 1, talk_ms: 400_000, ring_ms: 10_000,
          },
        },
      },
    ],
  },
  {
    name: 'settings of the time: before 16:00 UTC Bo is in West (day from 02:30) and spring needs 60 s, afterwards North and 90 s',
    date: '2026-05-05',
    steps: [
      {
        // 75 s of talk: effective before, not after; the second campaign version assumes no person.
        reports: `
          ${dial('bo', '15:59:00', '15:59:10', '16:00:25', 'campaign=spring')}
          ${dial('bo', '16:00:00', '16:00:10', '16:01:25', 'campaign=spring').replaceAll('A -', 'C -').replaceAll('B A', 'D C')}`,
        sums: {
          '2026-05-05T15:45:00.000Z | 2026-05-05 | Bo | West | spring': {
            ...answered, effective: 1, handled: 1, talk_ms: 75_000, ring_ms: 10_000,
          },
          '2026-05-05T16:00:00.000Z | 2026-05-05 | Bo | North | spring': {
            dials: 1, connects: 1, connects_ended: 1, handled: 1, talk_ms: 75_000, ring_ms: 10_000,
          },
        },
      },
    ],
  },
  {
    name: 'an agent named in the signed address wins over the softphone',
    date: '2026-05-05',
    steps: [
      {
        reports: dial('ada', '10:00:00', '10:00:10', '10:00:20', 'agent=chen'),
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Chen | Hills | default': { ...answered, handled: 1, talk_ms: 10_000, ring_ms: 10_000 },
        },
      },
    ],
  },
  {
    name: 'two ends of one leg contradict each other: the longer counts, 50 s, and the call is flagged',
    date: '2026-05-05',
    steps: [
      {
        reports: `
          A - outbound-api  tel:901 client:ada 10:00:00 answered
          B A outbound-dial tel:901 tel:101    10:00:00 ringing
          B A outbound-dial tel:901 tel:101    10:00:40 completed duration=30
          B A outbound-dial tel:901 tel:101    10:00:58 completed duration=50`,
        // Answered 10:00:58 − 50 s = 10:00:08.
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered, handled: 1, incomplete: 1, talk_ms: 50_000, ring_ms: 8_000,
          },
        },
      },
    ],
  },
];
