/** Making, arranging and deleting boards. Every change is audited, and reaches open screens at once. */
import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { Policy, Principal } from '../../access/index.js';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, type Signals, secureDigits } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import {
  BOARD_LIMITS,
  type BoardCreate,
  type BoardDefinition,
  type BoardSummary,
  type BoardUpdate,
  type BoardView,
  DEFAULT_BOARD,
  type WatchList,
} from '../../shared/boards.js';
import { BoardRepository } from './board.repository.js';
import { type BoardDirectory, type KnownBoard, watchedBoard } from './board-directory.js';

const ID_TRIES = 10;
/** Free text: that it changed is told, not to what. */
const UNTOLD: ReadonlySet<string> = new Set(['name', 'pages']);

export class BoardsService {
  constructor(
    private readonly pool: Pool,
    private readonly directory: BoardDirectory,
    private readonly policy: Policy,
    private readonly audit: AuditLog,
    private readonly signals: Pick<Signals, 'statement' | 'values'>,
    private readonly clock: Clock,
  ) {}

  async list(principal: Principal): Promise<BoardSummary[]> {
    const repository = new BoardRepository(this.pool);
    await this.directory.refresh();
    const screens = await repository.screens();
    return this.directory
      .list()
      .filter((known) => this.maySee(principal, known))
      .map(({ view }) => summaryOf(view, screens.get(view.id) ?? 0));
  }

  /** Boards whoever is signed in may watch; from memory. */
  watchable(principal: Principal): WatchList {
    const boards = this.directory.list().filter((known) => this.policy.mayWatch(principal, watchedBoard(known)));
    return { boards: boards.map(({ view: { id, name } }) => ({ id, name })) };
  }

  /** Throws `not_found`, also for boards outside the scope. */
  async get(id: string, principal: Principal): Promise<BoardView> {
    const view = await new BoardRepository(this.pool).find(id);
    if (view === null) throw new AppError('not_found');
    // Another process has just changed it: whom it is for now decides.
    if (this.directory.get(id)?.view.revision !== view.revision) await this.directory.refresh();
    const known = this.directory.get(id);
    if (known === undefined || !this.maySee(principal, known)) throw new AppError('not_found');
    return view;
  }

  /** Throws `board_exists`, `board_limit_reached` or `board_team_unknown`. */
  async create({ id, ...definition }: BoardCreate, actor: AuditActor): Promise<BoardView> {
    const board = tidy(definition);
    const made = await inTransaction(this.pool, async (tx) => {
      const repository = new BoardRepository(tx);
      await requireTeams(repository, board);
      if ((await repository.count()) >= BOARD_LIMITS.boards) {
        throw new AppError('board_limit_reached', { params: { limit: BOARD_LIMITS.boards } });
      }
      const view = await this.insert(repository, id, board);
      await this.record(tx, actor, 'board.created', view.id, { after: told(board, Object.keys(board)) });
      await this.tell(tx);
      return view;
    });
    await this.known();
    return made;
  }

  /** Throws `not_found`, `board_changed` or `board_team_unknown`. */
  async update(id: string, { revision, ...definition }: BoardUpdate, actor: AuditActor): Promise<BoardView> {
    const board = tidy(definition);
    const changed = await inTransaction(this.pool, async (tx) => {
      const repository = new BoardRepository(tx);
      const before = await lockAt(repository, id, revision);
      const fields = Object.keys(board).filter(
        (field) => !isDeepStrictEqual(board[field as keyof BoardDefinition], before[field as keyof BoardDefinition]),
      );
      if (fields.length === 0) return before;
      await requireTeams(repository, board);
      const after = await repository.update(id, board, this.clock.now());
      if (after === null) throw new AppError('not_found');
      await this.record(tx, actor, 'board.changed', id, {
        before: { revision, ...told(before, fields) },
        after: { revision: after.revision, ...told(board, fields) },
      });
      await this.tell(tx);
      return after;
    });
    await this.known();
    return changed;
  }

  /** Throws `not_found`, `board_changed`, `board_default` or `board_in_use`. */
  async remove(id: string, revision: number, actor: AuditActor): Promise<void> {
    if (id === DEFAULT_BOARD) throw new AppError('board_default');
    await inTransaction(this.pool, async (tx) => {
      const repository = new BoardRepository(tx);
      const before = await lockAt(repository, id, revision);
      // The lock on the board keeps anybody from giving it to a screen meanwhile.
      const screens = (await repository.screens()).get(id) ?? 0;
      if (screens > 0) throw new AppError('board_in_use', { params: { screens } });
      await repository.remove(id);
      await this.record(tx, actor, 'board.deleted', id, { before: told(before, Object.keys(tidy(before))) });
      await this.tell(tx);
    });
    await this.known();
  }

  private maySee(principal: Principal, known: KnownBoard): boolean {
    const board = watchedBoard(known);
    return this.policy.isWithin(principal.scope, board) || this.policy.mayWatch(principal, board);
  }

  private async insert(
    repository: BoardRepository,
    wanted: string | undefined,
    board: BoardDefinition,
  ): Promise<BoardView> {
    const now = this.clock.now();
    if (wanted !== undefined) {
      const view = await repository.insert(wanted, board, now);
      if (view === null) throw new AppError('board_exists', { field: 'id', params: { id: wanted } });
      return view;
    }
    for (let left = ID_TRIES; left > 0; left--) {
      const view = await repository.insert(`board-${secureDigits(6)}`, board, now);
      if (view !== null) return view;
    }
    throw new AppError('unavailable');
  }

  private record(
    tx: Queryable,
    actor: AuditActor,
    action: 'board.created' | 'board.changed' | 'board.deleted',
    id: string,
    change: { before?: Told; after?: Told },
  ): Promise<void> {
    return this.audit.record(tx, { actor, action, subject: { kind: 'board', id }, outcome: 'done', ...change });
  }

  private async tell(tx: Queryable): Promise<void> {
    await tx.query(this.signals.statement, this.signals.values('boards'));
  }

  /** The change is made; that this process has not read it yet is put right within the minute. */
  private async known(): Promise<void> {
    await this.directory.refresh().catch(() => {});
  }
}

type Told = Record<string, string | number | readonly number[] | null>;

/** Fields of a definition as the audit log may hold them. */
function told(board: BoardDefinition, fields: readonly string[]): Told {
  return Object.fromEntries(
    fields.map((field) => {
      const value = board[field as keyof BoardDefinition];
      return [field, UNTOLD.has(field) ? '•' : (value as Told[string])];
    }),
  );
}

/** Exactly the fields of a definition; every team once, in order. */
function tidy(board: BoardDefinition): BoardDefinition {
  const { name, audience, theme, trendColours, names, language, rotationSeconds, celebrate, pages } = board;
  const teams = board.teams === null ? null : [...new Set(board.teams)].sort((a, b) => a - b);
  return { name, teams, audience, theme, trendColours, names, language, rotationSeconds, celebrate, pages };
}

async function requireTeams(repository: BoardRepository, { teams }: BoardDefinition): Promise<void> {
  const [unknown] = await repository.unknownTeams(teams ?? []);
  if (unknown !== undefined) throw new AppError('board_team_unknown', { field: 'teams', params: { id: unknown } });
}

async function lockAt(repository: BoardRepository, id: string, revision: number): Promise<BoardView> {
  const board = await repository.lock(id);
  if (board === null) throw new AppError('not_found');
  if (board.revision !== revision) throw new AppError('board_changed', { params: { revision: board.revision } });
  return board;
}

function summaryOf(view: BoardView, screens: number): BoardSummary {
  const { id, name, revision, teams, audience, theme, updatedAt, pages } = view;
  const tiles = pages[0]?.tiles.map(({ id, kind, x, y, w, h }) => ({ id, kind, x, y, w, h })) ?? [];
  return { id, name, revision, teams, audience, theme, updatedAt, tiles, pageCount: pages.length, screens };
}
