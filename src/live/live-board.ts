/** One board that somebody watches: its state, and the model that feeds it. Boards nobody watches do not exist here. */
import { isDeepStrictEqual } from 'node:util';
import type { SettingsSnapshot } from '../organisation/index.js';
import { uuid } from '../platform/index.js';
import type { LiveBoard as BoardKey, BoardTile } from '../shared/boards.js';
import type { BoardMeta } from '../shared/live.js';
import { type AgentLabel, BoardModel, type ModelView } from './board-model.js';
import { BoardState } from './board-state.js';
import type { KnownBoard } from './boards/board-directory.js';
import type { CurrencyOf } from './floor/agent-sums.js';
import type { DaySource } from './floor/day-source.js';
import type { Norm } from './floor/norm.js';
import type { PresenceBook } from './floor/presence-book.js';
import { LiveSubject } from './live-subject.js';
import { shownName } from './names.js';

/** Statuses of agents who are somebody else now, or nobody. */
const GONE = new Set(['merged', 'erased']);

export interface People {
  settings: SettingsSnapshot | null;
  isHidden(agentId: number): boolean;
  presence: Pick<PresenceBook, 'of' | 'agents'>;
}

export class LiveBoard extends LiveSubject {
  readonly state: BoardState;
  /** Null until it was read for the first time. */
  model: BoardModel | null = null;
  norm: Norm | null = null;
  /** When it was read, epoch ms. */
  normReadAt = 0;
  /** Which of several workings-out is the newest. */
  building: symbol | null = null;

  constructor(
    public known: KnownBoard,
    public source: DaySource,
  ) {
    super();
    this.state = new BoardState(uuid(), `board:${known.view.id}`);
  }

  get isReady(): boolean {
    return this.model !== null;
  }

  get id(): string {
    return this.known.view.id;
  }

  /** Starts anew from the facts of its source. `meta` without the name. */
  rebuild(now: number, meta: BoardMeta, people: People, currencyOf: CurrencyOf): void {
    const { facts } = this.source;
    if (facts === null) return;
    this.model = new BoardModel(facts, viewOf(this.known), this.norm, { currency: meta.currency, currencyOf });
    this.model.presenceChanged(people.presence.agents());
    const { set } = this.model.takeChanges(now, (id) => this.label(id, now, people));
    const fresh = { ...set, board: this.boardKey(), meta: this.meta(meta) };
    const kept = new Set(Object.keys(fresh));
    this.state.update(
      fresh,
      this.state.keys().filter((key) => !kept.has(key)),
    );
  }

  /** Takes over what changed since the last time; returns whether anything did. */
  refresh(now: number, meta: BoardMeta, people: People): boolean {
    if (this.model === null) return false;
    const { set, unset } = this.model.takeChanges(now, (id) => this.label(id, now, people));
    return this.state.update({ ...set, meta: this.meta(meta) }, unset);
  }

  /** Moves what depends on the clock alone. */
  refreshReferences(now: number, meta: BoardMeta): boolean {
    return this.model !== null && this.state.update({ ...this.model.references(now), meta: this.meta(meta) });
  }

  /** Takes over a changed board; says what of it changed: whose figures it shows, or how (null: nothing). */
  adopt(known: KnownBoard): 'teams' | 'drawing' | null {
    const before = this.known;
    this.known = known;
    if (!isDeepStrictEqual(before.teams, known.teams)) return 'teams';
    const same = before.trendColours === known.trendColours && isDeepStrictEqual(before.view, known.view);
    return same ? null : 'drawing';
  }

  private meta(meta: BoardMeta): BoardMeta {
    return { ...meta, name: this.known.view.name };
  }

  private boardKey(): BoardKey {
    const { view, teams, trendColours } = this.known;
    const { id, revision, name, theme, names, language, rotationSeconds, pages } = view;
    return {
      id,
      revision,
      name,
      theme,
      names,
      language,
      rotationSeconds,
      pages,
      trendColours,
      teams: teams === null ? null : [...teams],
    };
  }

  private label(agentId: number, now: number, { settings, isHidden, presence }: People): AgentLabel | null {
    const agent = settings?.data.agents.get(agentId);
    if (GONE.has(agent?.status ?? '')) return null;
    const hidden = isHidden(agentId);
    const team = settings?.teamOf(agentId, now) ?? 0;
    return {
      name: shownName(agent?.name ?? `#${agentId}`, hidden ? 'off' : this.known.view.names),
      team: settings?.data.teams.get(team)?.name ?? '',
      isNew: agent?.status === 'new',
      ranked: !hidden,
      // Where they are now decides: what somebody does elsewhere is none of this board's.
      presence: this.known.teams?.includes(team) === false ? null : presence.of(agentId),
    };
  }
}

/** What the tiles of a board ask for. */
export function viewOf({ view, teams }: Pick<KnownBoard, 'view' | 'teams'>): ModelView {
  const tiles: BoardTile[] = view.pages.flatMap((page) => page.tiles);
  const figures = tiles.flatMap((tile) => (tile.kind === 'figure' ? [tile.options] : []));
  const leaders = tiles.flatMap((tile) => (tile.kind === 'leaderboard' ? [tile.options] : []));
  return {
    teams: teams === null ? null : new Set(teams),
    figures: [...new Set(figures.map(({ kpi }) => kpi))],
    paced: [...new Set(figures.filter(({ target }) => target !== null).map(({ kpi }) => kpi))],
    ranked: [...new Set(leaders.flatMap(({ kpi, second }) => (second === null ? [kpi] : [kpi, second])))],
    agents: tiles.some(({ kind }) => kind === 'leaderboard' || kind === 'floor'),
  };
}
