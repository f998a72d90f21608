import { type Random, seeded } from './random.js';

/** Who works on the simulated floor. Names are common given names and surnames in pinyin; nobody is meant. */

export interface SimulatedAgent {
  index: number;
  /** Softphone identity, as in `client:li.na`. */
  identity: string;
  /** For the agent directory, e.g. "Li Na". */
  name: string;
  team: SimulatedTeam;
  campaign: SimulatedCampaign;
  /** About 1: above, more people answer and talk longer. */
  skill: number;
}

export interface SimulatedTeam {
  key: string;
  name: string;
}

export interface SimulatedCampaign {
  /** Value of `campaign` in the signed callback URL. */
  key: string;
  name: string;
  /** Number shown to customers. */
  callerNumber: string;
  /** Factor on the chance to be answered. */
  reach: number;
}

export const TEAMS: readonly [SimulatedTeam, ...SimulatedTeam[]] = [
  { key: 'polaris', name: '北极星 Polaris' },
  { key: 'summit', name: '巅峰 Summit' },
  { key: 'tide', name: '潮汐 Tide' },
  { key: 'falcon', name: '猎鹰 Falcon' },
];

/** There is no area code 111, so the numbers shown belong to nobody. */
export const CAMPAIGNS: readonly [SimulatedCampaign, ...SimulatedCampaign[]] = [
  { key: 'spring', name: '春季新客 Spring', callerNumber: '+861115400001', reach: 0.94 },
  { key: 'renewal', name: '老客续费 Renewal', callerNumber: '+861115400002', reach: 1.1 },
];

export const ACCOUNT_SID = 'AC5e1e5a1e5000000000000000d3e00001';

const SURNAMES = (
  'li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang ' +
  'feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su'
).split(' ');
const GIVEN_NAMES = (
  'na wei min jing lei yan ting jun tao qiang hui ying xin rui yue hao chen jie kai lan mei ning ping qing shan xue yi ' +
  'yun zhen bo fang gang han jia lin nan peng rong shu tian wen grace kevin leo mia ivy ryan coco'
).split(' ');

/** The same agents for the same seed; a larger floor begins with the smaller one's agents. */
export function floorOf(seed: number | string, agents: number): SimulatedAgent[] {
  const random = seeded(seed, 'floor');
  const taken = new Set<string>();
  return Array.from({ length: agents }, (_, index) => {
    const person = newPerson(random, taken);
    const team = TEAMS[index % TEAMS.length] ?? TEAMS[0];
    // Two teams a campaign, so that a campaign is more than one team and less than the floor.
    const campaign = CAMPAIGNS[Math.floor((index % TEAMS.length) / 2) % CAMPAIGNS.length] ?? CAMPAIGNS[0];
    return { index, ...person, team, campaign, skill: clamp(random.logNormal(1, 0.16), 0.65, 1.45) };
  });
}

function newPerson(random: Random, taken: Set<string>): Pick<SimulatedAgent, 'identity' | 'name'> {
  for (let attempt = 0; ; attempt++) {
    const surname = SURNAMES[random.between(0, SURNAMES.length - 1)] ?? 'li';
    const given = GIVEN_NAMES[random.between(0, GIVEN_NAMES.length - 1)] ?? 'na';
    const base = `${surname}.${given}`;
    // With over a thousand combinations a number is only ever needed on floors of many hundreds.
    const identity = attempt < 20 ? base : `${base}${taken.size}`;
    if (taken.has(identity)) continue;
    taken.add(identity);
    const number = identity.slice(base.length);
    return { identity, name: `${capital(surname)} ${capital(given)}${number === '' ? '' : ` ${number}`}` };
  }
}

/**
 * Customer `index` of the floor's list: +86 154 and eight digits. No operator was ever given 154, so no number here
 * can be anybody's, while it looks and sorts like a mobile number. Multiplying by a unit modulo 10^8 spreads the list.
 */
export function customerNumber(index: number): string {
  return `+86154${String((index * 7_654_321 + 20_241_009) % 100_000_000).padStart(8, '0')}`;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
