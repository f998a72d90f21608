/** What connections can watch: a board, a floor, somebody's own day. One state, however many watch it. */
import type { BoardState } from './board-state.js';

export abstract class LiveSubject {
  abstract readonly state: BoardState;
  /** How many watch it. */
  viewers = 0;
  /** Since when nobody does, epoch ms; null while somebody does. */
  idleSince: number | null = null;

  /** Whether there is something to send yet. */
  abstract get isReady(): boolean;

  enter(): void {
    this.viewers++;
    this.idleSince = null;
  }

  leave(now: number): void {
    this.viewers--;
    if (this.viewers === 0) this.idleSince = now;
  }

  /** Nobody has watched it for so long. */
  isForgotten(now: number, afterMs: number): boolean {
    return this.idleSince !== null && now - this.idleSince > afterMs;
  }
}
