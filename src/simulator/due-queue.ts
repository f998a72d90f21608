/** Items by the time they are due: a binary heap, ties in the order of insertion. */
export class DueQueue<T extends { dueAt: number }> {
  private readonly heap: { item: T; order: number }[] = [];
  private inserted = 0;

  get size(): number {
    return this.heap.length;
  }

  peek(): T | undefined {
    return this.heap[0]?.item;
  }

  push(item: T): void {
    const heap = this.heap;
    const entry = { item, order: this.inserted++ };
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !before(entry, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = entry;
  }

  pop(): T | undefined {
    const heap = this.heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top?.item;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const smaller = this.smaller(left, left + 1);
      const child = heap[smaller];
      if (child === undefined || !before(child, last)) break;
      heap[at] = child;
      at = smaller;
    }
    heap[at] = last;
    return top.item;
  }

  private smaller(left: number, right: number): number {
    const a = this.heap[left];
    const b = this.heap[right];
    return a !== undefined && b !== undefined && before(b, a) ? right : left;
  }
}

function before<T extends { dueAt: number }>(a: { item: T; order: number }, b: { item: T; order: number }): boolean {
  return a.item.dueAt !== b.item.dueAt ? a.item.dueAt < b.item.dueAt : a.order < b.order;
}
