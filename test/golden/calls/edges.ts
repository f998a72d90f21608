/** The other rules for edge cases that telephony alone can raise (kpi.md section 4), each with its arithmetic. */
import { answered, dial, type GoldenCase } from './notation.js';

export const EDGE_CASES: GoldenCase[] = [
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
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            dials: 1,
            connects: 1,
            humans: 1,
            handled: 1,
            ring_ms: 10_000,
          },
        },
      },
      {
        reports: 'A - - - - 14:05:00 stale',
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered,
            handled: 1,
            stale: 1,
            ring_ms: 10_000,
          },
        },
      },
      {
        reports: 'B A outbound-dial tel:901 tel:101 11:00:10 completed duration=3600',
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered,
            handled: 1,
            effective: 1,
            talk_ms: 3_600_000,
            ring_ms: 10_000,
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
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, no_answer: 1, ring_ms: 25_000 },
        },
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
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered,
            handled: 1,
            incomplete: 1,
            talk_ms: 60_000,
          },
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
        sums: {
          '2026-05-05T10:15:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, busy: 1, ring_ms: 10_000 },
        },
      },
      {
        reports: 'B A outbound-dial tel:901 tel:101 10:14:58 initiated',
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': { dials: 1, busy: 1, ring_ms: 10_000 },
        },
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
            ...answered,
            handled: 1,
            effective: 1,
            talk_ms: 400_000,
            ring_ms: 10_000,
          },
        },
      },
      {
        reports: 'B A - - - 10:00:14 amd by=machine',
        sums: {
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Ada | North | default': {
            dials: 1,
            connects: 1,
            connects_ended: 1,
            machine: 1,
            handled: 1,
            talk_ms: 400_000,
            ring_ms: 10_000,
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
            dials: 1,
            connects: 1,
            connects_ended: 1,
            effective: 1,
            handled: 1,
            talk_ms: 400_000,
            ring_ms: 10_000,
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
            ...answered,
            effective: 1,
            handled: 1,
            talk_ms: 75_000,
            ring_ms: 10_000,
          },
          '2026-05-05T16:00:00.000Z | 2026-05-05 | Bo | North | spring': {
            dials: 1,
            connects: 1,
            connects_ended: 1,
            handled: 1,
            talk_ms: 75_000,
            ring_ms: 10_000,
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
          '2026-05-05T10:00:00.000Z | 2026-05-05 | Chen | Hills | default': {
            ...answered,
            handled: 1,
            talk_ms: 10_000,
            ring_ms: 10_000,
          },
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
            ...answered,
            handled: 1,
            incomplete: 1,
            talk_ms: 50_000,
            ring_ms: 8_000,
          },
        },
      },
    ],
  },
];
