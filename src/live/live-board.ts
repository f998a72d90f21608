/** One board that somebody watches: its state, and the model that feeds it. Boards nobody watches do not exist here. */
import { isDeepStrictEqual } from 'node:util';
import type { SettingsSnapshot } from '../organisation/index.js';
import { uuid } from '../platform/index.js';
import type { LiveBoard as BoardKey, BoardTile } from '../shared/boards.js';
import type { BoardMeta, LiveState } from '../shared/live.js';
import type { TargetScope } from '../shared/targets.js';
import type { TargetsOfDay } from '../targets/index.js';
import { type AgentLabel, BoardModel, type ModelView } from './board-model.js';
import { salesState } from './board-sales.js';
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
  targetsOf(day: DaySource): TargetsOfDay | null;
}

export class LiveBoard extends LiveSubject {
  readonly state: BoardState;
  /** Null until it was read for the first time. */
  model: BoardModel | null = null;
  norm: Norm | null = null;
  /** When it was read, epoch ms. */
  normReadAt = 0;
  /** Sales of today are others than were shown. */
  private salesChanged = true;
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
    this.model = new BoardModel(facts, viewOf(this.known), this.norm, {
      currency: meta.currency,
      currencyOf,
      targets: () => people.targetsOf(this.source),
    });
    this.model.presenceChanged(people.presence.agents());
    this.model.timePassed(now, (id) => this.label(id, now, people));
    const { set } = this.model.takeChanges(now, (id) => this.label(id, now, people));
    this.salesChanged = true;
    const sales = this.sales(now, meta, people) ?? {};
    const fresh = { ...set, ...sales, ...this.moving(now, people), board: this.boardKey(), meta: this.meta(meta) };
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
    const sales = this.sales(now, meta, people);
    if (sales !== null) {
      unset.push(...this.state.keys().filter((key) => key.startsWith('sale:') && !Object.hasOwn(sales, key)));
    }
    const hasTotals = Object.keys(set).some((key) => key.startsWith('kpi:'));
    const targets = hasTotals ? this.targets(now, people) : {};
    return this.state.update({ ...set, ...sales, ...targets, meta: this.meta(meta) }, unset);
  }

  /** Where one should be by now moves with the clock, places by rates with everybody's calls: a little more slowly. */
  refreshSlowly(now: number, meta: BoardMeta, people: People): boolean {
    if (this.model === null) return false;
    this.model.timePassed(now, (id) => this.label(id, now, people));
    const moved = this.state.update(this.moving(now, people));
    return this.refresh(now, meta, people) || moved;
  }

  /** States that ended are in the sums from now on, and those that began are not. */
  presenceChanged(agents: readonly number[], now: number, people: People): void {
    this.model?.presenceChanged(agents);
    this.model?.timePassed(now, (id) => this.label(id, now, people));
  }

  markSales(): void {
    this.salesChanged = true;
  }

  /** Everybody is told again: names or what may be shown of them changed. */
  markAgents(): void {
    this.model?.markAgents();
    this.salesChanged = true;
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

  private moving(now: number, people: People): LiveState {
    const places = this.model?.places((id) => this.label(id, now, people)) ?? {};
    return { ...this.targets(now, people), ...places };
  }

  /** By key; null where nothing changed. */
  private sales(now: number, { currency }: BoardMeta, people: People): LiveState | null {
    if (!this.salesChanged || this.model === null) return null;
    this.salesChanged = false;
    const { view, teams } = this.known;
    const hasTicker = view.pages.some(({ tiles }) => tiles.some(({ kind }) => kind === 'ticker'));
    if (!hasTicker && !view.celebrate.on) return {};
    return salesState(this.model.facts.sales.all(), {
      teams: teams === null ? null : new Set(teams),
      celebrate: view.celebrate,
      currency,
      currencyOf: (id) => people.settings?.data.campaigns.get(id)?.currency ?? null,
      label: (id) => this.label(id, now, people),
      teamName: (id) => people.settings?.data.teams.get(id)?.name ?? '',
    });
  }

  /** Targets of the day that figures of this board compare with. */
  private targets(now: number, { targetsOf }: People): LiveState {
    const { view, teams } = this.known;
    const { model } = this;
    const asked = ownTargetsOf(view);
    if (model === null || asked.length === 0) return {};
    // Of several teams together nobody has set one.
    const [team] = view.teams ?? [];
    const scope: TargetScope | null =
      teams === null
        ? { kind: 'organisation' }
        : view.teams?.length === 1 && team !== undefined
          ? { kind: 'team', id: team }
          : null;
    const set = scope === null ? [] : (targetsOf(this.source)?.of(scope) ?? []);
    return Object.fromEntries(
      asked.map((kpi) => {
        const target = set.find((one) => one.kpi === kpi && one.period === 'day');
        return [`target:${kpi}`, target?.progress({ sums: model.sums }, now) ?? null];
      }),
    );
  }

  private meta(meta: BoardMeta): BoardMeta {
    return { ...meta, name: this.known.view.name };
  }

  private boardKey(): BoardKey {
    const { view, teams, trendColours } = this.known;
    const { id, revision, name, theme, names, language, rotationSeconds, celebrate, pages } = view;
    return {
      id,
      revision,
      name,
      theme,
      names,
      language,
      rotationSeconds,
      celebrate,
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

/** KPIs of figures that stand beside the organisation's own target. */
function ownTargetsOf({ pages }: KnownBoard['view']): string[] {
  const tiles = pages.flatMap((page) => page.tiles);
  return [
    ...new Set(
      tiles.flatMap((tile) => (tile.kind === 'figure' && tile.options.target === 'own' ? tile.options.kpi : [])),
    ),
  ];
}

/** What the tiles of a board ask for. */
export function viewOf({ view, teams }: Pick<KnownBoard, 'view' | 'teams'>): ModelView {
  const tiles: BoardTile[] = view.pages.flatMap((page) => page.tiles);
  const figures = tiles.flatMap((tile) => (tile.kind === 'figure' ? [tile.options] : []));
  const leaders = tiles.flatMap((tile) => (tile.kind === 'leaderboard' ? [tile.options] : []));
  return {
    teams: teams === null ? null : new Set(teams),
    figures: [...new Set(figures.map(({ kpi }) => kpi))],
    paced: [...new Set(figures.filter(({ target }) => typeof target === 'number').map(({ kpi }) => kpi))],
    attained: [...new Set(leaders.flatMap(({ kpi, mode }) => (mode === 'target' ? kpi : [])))],
    fair: [...new Set(leaders.flatMap(({ kpi, mode }) => (mode === 'fair' ? kpi : [])))],
    ranked: [...new Set(leaders.flatMap(({ kpi, second }) => (second === null ? [kpi] : [kpi, second])))],
    agents: tiles.some(({ kind }) => kind === 'leaderboard' || kind === 'floor'),
  };
}
