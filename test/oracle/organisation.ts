/** An organisation over five zones with settings that change in the middle of every generated history. */
import type { OracleOrganisation } from './sums.js';

const ALWAYS = Number.NEGATIVE_INFINITY;
const at = (iso: string): number => Date.parse(iso);

/** Instants around which generated calls lie: midnights, both clock changes of three zones, a changed setting. */
export const BASES = [
  '2026-03-28T23:00:00Z', // midnight in Berlin before its short day
  '2026-03-29T01:00:00Z', // Berlin: 02:00 becomes 03:00
  '2026-10-25T01:00:00Z', // Berlin: 03:00 becomes 02:00 again
  '2026-03-08T07:00:00Z', // New York: 02:00 becomes 03:00
  '2026-11-01T06:00:00Z', // New York: 02:00 becomes 01:00 again
  '2026-10-03T15:30:00Z', // Lord Howe: half an hour vanishes
  '2026-04-04T15:00:00Z', // Lord Howe: half an hour comes back
  '2026-05-05T18:15:00Z', // midnight in Kathmandu
  '2026-05-05T16:00:00Z', // midnight in Shanghai
].map(at);

/** From here on agents, thresholds and zones change. */
export const CHANGE = at('2026-05-05T16:00:00Z');

export const IDENTITIES = ['ada', 'bo', 'chen', 'dana', 'eve', 'fei'] as const;
/** The phone of chen's own desk: a number that is an agent's. */
export const AGENT_PHONE = '950';
export const OWN_NUMBERS = ['901', '902'] as const;
export const CUSTOMERS = ['101', '102', '103', '104', '105'] as const;

export const ORGANISATION: OracleOrganisation = {
  sites: [
    { name: 'Main site', versions: [{ from: ALWAYS, zone: 'Asia/Shanghai', startMinutes: 0 }] },
    { name: 'Berlin', versions: [{ from: ALWAYS, zone: 'Europe/Berlin', startMinutes: 0 }] },
    {
      name: 'New York',
      versions: [
        { from: ALWAYS, zone: 'America/New_York', startMinutes: 150 },
        { from: CHANGE, zone: 'America/New_York', startMinutes: 360 },
      ],
    },
    {
      name: 'Kathmandu',
      versions: [
        { from: ALWAYS, zone: 'Asia/Kathmandu', startMinutes: 0 },
        { from: CHANGE, zone: 'Asia/Kolkata', startMinutes: 0 },
      ],
    },
    { name: 'Lord Howe', versions: [{ from: ALWAYS, zone: 'Australia/Lord_Howe', startMinutes: 120 }] },
  ],
  teams: [
    { name: 'Unassigned', site: 'Main site' },
    { name: 'New agents', site: 'Main site' },
    { name: 'North', site: 'Berlin' },
    { name: 'West', site: 'New York' },
    { name: 'Hills', site: 'Kathmandu' },
    { name: 'Island', site: 'Lord Howe' },
  ],
  agents: [
    { name: 'Ada', addresses: ['identity:ada'], teams: [{ from: ALWAYS, team: 'North' }] },
    {
      name: 'Bo',
      addresses: ['identity:bo', 'identity:bo-desk'],
      teams: [
        { from: ALWAYS, team: 'West' },
        { from: CHANGE, team: 'North' },
      ],
    },
    { name: 'Chen', addresses: ['identity:chen', `tel:${AGENT_PHONE}`], teams: [{ from: ALWAYS, team: 'Hills' }] },
    { name: 'Dana', addresses: ['identity:dana'], teams: [{ from: ALWAYS, team: 'Island' }] },
    { name: 'Eve', addresses: ['identity:eve'], teams: [{ from: ALWAYS, team: 'West' }] },
    { name: 'Fei', addresses: ['identity:fei'], teams: [{ from: ALWAYS, team: 'New agents' }] },
  ],
  campaigns: [
    { name: 'default', numbers: [], versions: [{ from: ALWAYS, effectiveMs: 300_000, assumeHuman: true }] },
    {
      name: 'spring',
      numbers: ['902'],
      versions: [
        { from: ALWAYS, effectiveMs: 60_000, assumeHuman: true },
        { from: CHANGE, effectiveMs: 90_000, assumeHuman: false },
      ],
    },
  ],
};
