/**
 * All boards in memory, with the teams below those they name. Read at the start and whenever a board or the organisation
 * has changed; asking costs the database nothing.
 */
import { isDeepStrictEqual } from 'node:util';
import type { WatchedBoard } from '../../access/index.js';
import { Reading } from '../../platform/index.js';
import type { BoardView } from '../../shared/boards.js';
import type { TrendColours } from '../../shared/organisation.js';
import { DEFAULT_STATE_THRESHOLDS, type StateThresholds } from '../../shared/presence.js';
import type { BoardRepository } from './board.repository.js';

export interface KnownBoard {
  view: BoardView;
  /** Its teams with those below them; null = the organisation. */
  teams: readonly number[] | null;
  trendColours: TrendColours;
}

export class BoardDirectory {
  private boards = new Map<string, KnownBoard>();
  private hidden: ReadonlySet<number> = new Set();
  /** Steps of colour of a state, as the organisation has set them. */
  thresholds: StateThresholds = DEFAULT_STATE_THRESHOLDS;
  private parents: ReadonlyMap<number, number | null> | null = null;
  private readonly reading = new Reading(() => this.read());
  private readonly listeners = new Set<(treeChanged: boolean) => void>();

  constructor(private readonly repository: BoardRepository) {}

  /** Called after every reading; `treeChanged`: teams were moved or made, so people may lead others than before. */
  onRead(listener: (treeChanged: boolean) => void): void {
    this.listeners.add(listener);
  }

  /** Reads everything again; resolves when what was committed before the call is known here. */
  refresh(): Promise<void> {
    return this.reading.again();
  }

  get(id: string): KnownBoard | undefined {
    return this.boards.get(id);
  }

  list(): KnownBoard[] {
    return [...this.boards.values()];
  }

  /** Team → the one above it. */
  get tree(): ReadonlyMap<number, number | null> {
    return this.parents ?? new Map();
  }

  /** An agent who is not to be shown by name. */
  isHidden(agentId: number): boolean {
    return this.hidden.has(agentId);
  }

  private async read(): Promise<void> {
    const views = await this.repository.all();
    const { parents, trendColours, hidden, thresholds } = await this.repository.surroundings();
    const treeChanged = this.parents !== null && !isDeepStrictEqual(this.parents, parents);
    this.hidden = hidden;
    this.thresholds = thresholds ?? DEFAULT_STATE_THRESHOLDS;
    this.parents = parents;
    this.boards = new Map(
      views.map((view) => [
        view.id,
        {
          view,
          teams: view.teams === null ? null : withThoseBelow(view.teams, parents),
          trendColours: view.trendColours === 'organisation' ? trendColours : view.trendColours,
        },
      ]),
    );
    for (const listener of this.listeners) listener(treeChanged);
  }
}

export function watchedBoard({ view, teams }: KnownBoard): WatchedBoard {
  return { id: view.id, teams, audience: view.audience };
}

/** In order of ids. Tolerates a circle: every team is visited once. */
export function withThoseBelow(teams: readonly number[], parents: ReadonlyMap<number, number | null>): number[] {
  const children = new Map<number, number[]>();
  for (const [id, parent] of parents) {
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const all = new Set(teams);
  for (const team of all) for (const child of children.get(team) ?? []) all.add(child);
  return [...all].sort((a, b) => a - b);
}
