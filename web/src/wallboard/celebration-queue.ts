import type { BoardSale } from '../../../src/shared/live.js';

/** Which sales interrupt the board, and when. Pure: instants come in. */

/** A sale fills the board for so long … */
export const SHOWN_MS = 6_500;
/** … and the next one begins no sooner than this after it began. */
export const EVERY_MS = 8_000;
/** More than so many are not waited for: they stay on the ticker. */
export const WAITING_MAX = 3;

export class CelebrationQueue {
  private readonly known = new Set<string>();
  private waiting: BoardSale[] = [];
  private shown: BoardSale | null = null;
  private beganAt = Number.NEGATIVE_INFINITY;
  /** Server clock; what was counted before is history. */
  private since = Number.POSITIVE_INFINITY;

  /** A connection begins, the first one or another: what is there already, and what was missed, is not celebrated. */
  connected(sales: readonly BoardSale[], now: number): void {
    for (const { id } of sales) this.known.add(id);
    this.waiting = [];
    this.since = now;
  }

  /** The sales as they are now. One that was taken back is not celebrated any more. */
  offer(sales: readonly BoardSale[]): void {
    const there = new Map(sales.map((sale) => [sale.id, sale]));
    this.waiting = this.waiting.flatMap(({ id }) => there.get(id) ?? []);
    if (this.shown !== null && !there.has(this.shown.id)) this.shown = null;
    for (const sale of [...sales].sort((a, b) => a.seenAt - b.seenAt)) {
      if (this.known.has(sale.id)) continue;
      this.known.add(sale.id);
      if (sale.isNews && sale.seenAt > this.since && this.waiting.length < WAITING_MAX) this.waiting.push(sale);
    }
  }

  /** What to show at this instant; null: nothing. */
  at(now: number): BoardSale | null {
    if (this.shown !== null && now - this.beganAt >= SHOWN_MS) this.shown = null;
    if (this.shown === null && now - this.beganAt >= EVERY_MS) {
      const next = this.waiting.shift();
      if (next !== undefined) {
        this.shown = next;
        this.beganAt = now;
      }
    }
    return this.shown;
  }
}
