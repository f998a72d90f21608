/** What a row of the access matrix is asked with, and what stands for the parameters of its path. */
import { type Asker, type Of, PEOPLE, type Person, type World } from './matrix-world.js';

export interface Asked {
  world: World;
  viewer: Asker;
  of: Of;
  /** Whom the row means. */
  who: Person;
  /** Of the double a request is made as, with `asDouble`; 0 for keys, TVs and nobody. */
  userId: number;
}

export interface RequestPlan {
  /** For the parameters of the path, by name. */
  ids?: (asked: Asked) => Record<string, string | number> | Promise<Record<string, string | number>>;
  body?: (asked: Asked) => unknown;
  /** Asked by somebody of the same rights made for this one request, because afterwards they are not the same. */
  asDouble?: true;
  /** Of a body that is a text; `text/csv` unless said. */
  type?: string;
  /** Who is in an answer of 200; by default whose names are in its text. */
  sees?: (answer: string) => Person[];
}

export const NOBODY = 999_999;
/** The numbers of calls are 1, 2 and 4: a sum says whose calls are in it. */
export function bySum(answer: string): Person[] {
  const { totals } = JSON.parse(answer) as { totals: { dials: number } };
  return (Object.keys(PEOPLE) as Person[]).filter((person) => (totals.dials & PEOPLE[person].calls) !== 0);
}

export const agentId = ({ world, who, of }: Asked) => ({ id: of === 'none' ? NOBODY : world.agents[who] });
export const teamId = ({ world, who, of }: Asked) => ({ id: of === 'none' ? NOBODY : world.teams[who] });
export const callId = ({ world, who, of }: Asked) => ({ id: of === 'none' ? 'CAnone' : world.calls[who] });
export const customerId = ({ world, who, of }: Asked) => ({ id: of === 'none' ? NOBODY : world.customers[who] });
export const named = (plan: (asked: Asked) => Record<string, string | number>) => ({ ids: plan });

export const spareNumber = (world: World): string => `+86139${String(world.next()).padStart(8, '0')}`;

/** Somebody nobody else is about, in the team the row means. */
export const spareAgent = async (asked: Asked, status: 'new' | 'active' = 'active') => ({
  id: asked.of === 'none' ? NOBODY : await asked.world.agent(asked.world.teams[asked.who], status),
});
export const spareTeam = async ({ world, of }: Asked) => ({ id: of === 'none' ? NOBODY : await world.team() });
