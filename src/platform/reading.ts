/**
 * Reads something again, one reading at a time: of two at once the older might end last and be taken for the newer.
 * However many ask while one is under way, one more follows it.
 */
export class Reading {
  private current: Promise<void> | null = null;
  private following: Promise<void> | null = null;

  constructor(private readonly read: () => Promise<void>) {}

  /** Resolves when a reading that began after this call has ended, rejects when it failed. */
  again(): Promise<void> {
    // One that follows has not begun yet, also in the moment in which the one before it has just ended.
    if (this.following !== null) return this.following;
    if (this.current === null) return this.begin();
    this.following = this.current
      .catch(() => {})
      .then(() => {
        this.following = null;
        return this.begin();
      });
    return this.following;
  }

  private begin(): Promise<void> {
    this.current = this.read().finally(() => {
      this.current = null;
    });
    return this.current;
  }
}
