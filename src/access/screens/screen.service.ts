/** Paired TVs: who they are, which board they show, and the end of a pairing. */
import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, type Signals } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { OwnScreen, ScreenCreate, ScreenUpdate, ScreenView } from '../../shared/boards.js';
import type { ScreenPrincipal } from '../principal.js';
import { TokenBuckets } from '../token-bucket.js';
import { hashOf, PAIRING_MS, PairingRefused } from './pairing.service.js';
import { ScreenRepository } from './screen.repository.js';

/** A connected screen is noted this often by the gateway; after twice that and a bit it counts as gone. */
export const SEEN_EVERY_MS = 30_000;
const ONLINE_MS = 75_000;

export class ScreenService {
  private readonly repository: ScreenRepository;
  private readonly guesses: TokenBuckets;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly pool: Pool,
    private readonly audit: AuditLog,
    private readonly signals: Pick<Signals, 'statement' | 'values' | 'origin'>,
    private readonly clock: Clock,
  ) {
    this.repository = new ScreenRepository(pool);
    this.guesses = new TokenBuckets(clock, { capacity: 10, refillMs: 30_000 });
  }

  /** Called after a screen was changed or revoked in this process; the signal `screens` tells the others. */
  onChanged(listener: () => void): void {
    this.listeners.add(listener);
  }

  list(): Promise<ScreenView[]> {
    return this.repository.list(this.clock.now());
  }

  /** Pairs the TV that shows `code`. Throws `pairing_code_wrong`, `pairing_code_throttled` or `board_unknown`. */
  async pair({ code, name, boardId }: ScreenCreate, actor: AuditActor): Promise<ScreenView> {
    const guesser = `${actor.kind} ${actor.id}`;
    const waitMs = this.guesses.take(guesser);
    if (waitMs > 0) throw new PairingRefused('pairing_code_throttled', Math.ceil(waitMs / 1000));
    const now = this.clock.now();
    const id = await inTransaction(this.pool, async (tx) => {
      const repository = new ScreenRepository(tx);
      const pairing = await repository.useCode(code, now, now + PAIRING_MS);
      if (pairing === null) throw new AppError('pairing_code_wrong', { field: 'code' });
      const screenId = await repository.add(name, boardId, now);
      if (screenId === null) throw new AppError('board_unknown', { field: 'boardId', params: { id: boardId } });
      await repository.bindPairing(pairing, screenId);
      await this.record(tx, actor, 'screen.paired', screenId, { after: { board: boardId } });
      return screenId;
    });
    this.guesses.giveBack(guesser);
    return this.view(id);
  }

  /** Throws `not_found` or `board_unknown`. A TV that was moved switches by itself. */
  async change(id: number, { name, boardId }: ScreenUpdate, actor: AuditActor): Promise<ScreenView> {
    await inTransaction(this.pool, async (tx) => {
      const repository = new ScreenRepository(tx);
      const before = await repository.lock(id);
      if (before === null) throw new AppError('not_found');
      const after = { name: name ?? before.name, boardId: boardId ?? before.boardId };
      const renamed = after.name !== before.name;
      const moved = after.boardId !== before.boardId;
      if (!renamed && !moved) return;
      if (!(await repository.change(id, after))) {
        throw new AppError('board_unknown', { field: 'boardId', params: { id: after.boardId } });
      }
      await this.record(tx, actor, 'screen.changed', id, {
        before: { ...(renamed ? { name: '•' } : {}), ...(moved ? { board: before.boardId } : {}) },
        after: { ...(renamed ? { name: '•' } : {}), ...(moved ? { board: after.boardId } : {}) },
      });
      await this.tell(tx);
    });
    this.changed();
    return this.view(id);
  }

  /** Ends a pairing: its token is dead and its socket closes at once, in every process. Throws `not_found`. */
  async revoke(id: number, actor: AuditActor): Promise<void> {
    await inTransaction(this.pool, async (tx) => {
      const repository = new ScreenRepository(tx);
      const before = await repository.lock(id);
      if (before === null) throw new AppError('not_found');
      await repository.remove(id);
      await this.record(tx, actor, 'screen.revoked', id, { before: { board: before.boardId } });
      await this.tell(tx);
    });
    this.changed();
  }

  async authenticate(token: string): Promise<ScreenPrincipal | null> {
    const screen = await this.repository.findByToken(hashOf(token));
    if (screen === null) return null;
    const { id: screenId, name, boardId } = screen;
    // Nothing but its board: see Policy.mayWatch.
    const scope = { kind: 'agents' as const, agents: [] };
    return { kind: 'screen', screenId, name, boardId, permissions: new Set(), scope };
  }

  /** A TV about itself; from here on the secret of its pairing opens nothing. */
  async own({ screenId, name, boardId }: ScreenPrincipal): Promise<OwnScreen> {
    await this.repository.touched(screenId, this.clock.now());
    return { id: screenId, name, boardId };
  }

  /** Of these screens, those that still are paired, with their boards. */
  boardsOf(ids: readonly number[]): Promise<Map<number, string>> {
    return this.repository.boardsOf(ids);
  }

  /** These show their boards through this process: at the start of each connection, then every `SEEN_EVERY_MS`. */
  async seen(ids: readonly number[]): Promise<void> {
    const now = this.clock.now();
    if (ids.length > 0) await this.repository.seen(ids, this.signals.origin, now, now + ONLINE_MS);
  }

  left(id: number): Promise<void> {
    return this.repository.left(id, this.signals.origin, this.clock.now());
  }

  private async view(id: number): Promise<ScreenView> {
    const [screen] = await this.repository.list(this.clock.now(), id);
    // Revoked by somebody else a moment ago.
    if (screen === undefined) throw new AppError('not_found');
    return screen;
  }

  private record(
    tx: Queryable,
    actor: AuditActor,
    action: 'screen.paired' | 'screen.changed' | 'screen.revoked',
    id: number,
    change: { before?: Record<string, string>; after?: Record<string, string> },
  ): Promise<void> {
    const subject = { kind: 'screen', id: String(id) };
    return this.audit.record(tx, { actor, action, subject, outcome: 'done', ...change });
  }

  private async tell(tx: Queryable): Promise<void> {
    await tx.query(this.signals.statement, this.signals.values('screens'));
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
