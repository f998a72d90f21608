/** Days, slots and zones (kpi.md section 4), each case with its arithmetic. */
import { answered, dial, type GoldenCase } from './notation.js';

export const TIME_CASES: GoldenCase[] = [
  {
    name: 'over midnight: it amends the day it started in; Berlin is UTC+2, 21:59:50 UTC is 23:59:50 of 5 May',
    date: '2026-05-05',
    steps: [
      {
        reports: dial('ada', '21:59:50', '22:00:05', '22:10:05'),
        // 600 s of talk, 15 s of ring, all in the slot of 21:45
        sums: {
          '2026-05-05T21:45:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered,
            handled: 1,
            effective: 1,
            talk_ms: 600_000,
            ring_ms: 15_000,
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
          '2026-05-05T22:00:00.000Z | 2026-05-06 | Ada | North | default': {
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
    name: 'Berlin, clocks go forward: 01:59:59 and 03:00:00 of 29 March are one second apart and one day',
    date: '2026-03-29',
    steps: [
      {
        reports: dial('ada', '00:59:59', '01:00:09', '01:00:19'),
        sums: {
          '2026-03-29T00:45:00.000Z | 2026-03-29 | Ada | North | default': {
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
    name: 'Berlin, clocks go back: 02:30 comes twice on 25 October, in two slots of one day',
    date: '2026-10-25',
    steps: [
      {
        reports: `
          ${dial('ada', '00:30:00', '00:30:05', '00:30:10')}
          ${dial('ada', '01:30:00', '01:30:05', '01:30:10').replaceAll('A -', 'C -').replaceAll('B A', 'D C')}`,
        sums: {
          '2026-10-25T00:30:00.000Z | 2026-10-25 | Ada | North | default': {
            ...answered,
            handled: 1,
            talk_ms: 5_000,
            ring_ms: 5_000,
          },
          '2026-10-25T01:30:00.000Z | 2026-10-25 | Ada | North | default': {
            ...answered,
            handled: 1,
            talk_ms: 5_000,
            ring_ms: 5_000,
          },
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
          '2026-03-08T06:45:00.000Z | 2026-03-07 | Eve | West | default': {
            ...answered,
            handled: 1,
            talk_ms: 1_000,
            ring_ms: 1_000,
          },
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
          '2026-03-08T07:00:00.000Z | 2026-03-08 | Eve | West | default': {
            ...answered,
            handled: 1,
            talk_ms: 1_000,
            ring_ms: 1_000,
          },
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
          '2026-05-04T18:00:00.000Z | 2026-05-04 | Chen | Hills | default': {
            ...answered,
            handled: 1,
            talk_ms: 1_000,
            ring_ms: 1_000,
          },
          '2026-05-04T18:15:00.000Z | 2026-05-05 | Chen | Hills | default': {
            ...answered,
            handled: 1,
            talk_ms: 1_000,
            ring_ms: 1_000,
          },
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
          '2026-10-03T15:15:00.000Z | 2026-10-03 | Dana | Island | default': {
            ...answered,
            handled: 1,
            talk_ms: 1_000,
            ring_ms: 1_000,
          },
          '2026-10-03T15:30:00.000Z | 2026-10-04 | Dana | Island | default': {
            ...answered,
            handled: 1,
            talk_ms: 1_000,
            ring_ms: 1_000,
          },
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
          '2026-05-05T20:00:00.000Z | 2026-05-05 | Ada | North | default': {
            ...answered,
            handled: 1,
            talk_ms: 120_000,
            ring_ms: 10_000,
          },
          '2026-05-05T20:00:00.000Z | 2026-05-06 | Chen | Hills | default': { handled: 1 },
        },
      },
    ],
  },
];
