import type { OwnScreen, PairingStart } from '../../../src/shared/boards.js';
import { ApiError, getOwnScreen, pollPairing, startPairing } from '../api/index.js';

/**
 * What a TV is doing. `starting`: asking the server what it is. `code`: shows a code until somebody types it at a desk.
 * `board`: paired.
 */
export type TvState =
  | { phase: 'starting'; isReachable: boolean }
  | { phase: 'code'; isReachable: boolean; pairing: PairingStart }
  | { phase: 'board'; screen: OwnScreen };

const RETRY_MS = 3_000;
/** When the server says that too many are waiting. */
const BUSY_MS = 20_000;

/**
 * A TV that nobody touches: from nothing to its board, and back to a code when it is revoked, for ever. The token is in
 * a cookie that no script can read, the secret of the pairing only in this object.
 */
export class TvSession {
  private current: TvState = { phase: 'starting', isReachable: true };
  private readonly listeners = new Set<() => void>();
  private readonly stopping = new AbortController();
  private leaveBoard: (() => void) | null = null;

  get state(): TvState {
    return this.current;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Runs until `stop`. */
  async run(): Promise<void> {
    while (!this.isStopped) {
      try {
        const screen = await getOwnScreen();
        if (screen) await this.show(screen);
        else await this.pair();
      } catch (error) {
        this.unreachable();
        await this.wait(isBusy(error) ? BUSY_MS : RETRY_MS);
      }
    }
  }

  stop(): void {
    this.stopping.abort();
    this.leaveBoard?.();
  }

  /** For the live connection: true when this TV is not paired any more; the code follows by itself. */
  readonly isOver = async (): Promise<boolean> => {
    try {
      if ((await getOwnScreen()) !== null) return false;
    } catch {
      return false;
    }
    this.leaveBoard?.();
    return true;
  };

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private show(screen: OwnScreen): Promise<void> {
    this.become({ phase: 'board', screen });
    return new Promise((resolve) => {
      this.leaveBoard = resolve;
      if (this.isStopped) resolve();
    });
  }

  /** Shows one code until it is used or has expired. */
  private async pair(): Promise<void> {
    const pairing = await startPairing();
    this.become({ phase: 'code', isReachable: true, pairing });
    let pause = pairing.pollSeconds * 1_000;
    while (!this.isStopped) {
      await this.wait(pause);
      try {
        const { status } = await pollPairing(pairing.secret);
        if (status === 'paired') return;
        this.become({ phase: 'code', isReachable: true, pairing });
        pause = pairing.pollSeconds * 1_000;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return;
        this.unreachable();
        pause = isBusy(error) ? BUSY_MS : RETRY_MS;
      }
    }
  }

  private unreachable(): void {
    if (this.current.phase !== 'board') this.become({ ...this.current, isReachable: false });
  }

  private become(state: TvState): void {
    if (this.isStopped) return;
    this.current = state;
    for (const listener of this.listeners) listener();
  }

  /** With jitter, so that a building full of TVs does not ask in one moment. */
  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms * (0.75 + Math.random() / 2));
      this.stopping.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 429 || error.code === 'pairing_busy');
}
