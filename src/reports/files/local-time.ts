/** Instants as the wall clock of a zone shows them, for cells of a spreadsheet. Pure. */

/** Days from the zero of spreadsheets (1899-12-30) to 1970-01-01. */
const EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;
/** Zones change their offset on quarter hours only. */
const SLOT_MS = 900_000;
const OFFSETS_KEPT = 20_000;

/** Wall-clock time of one zone. Asking the calendar costs a microsecond each: quarter hours are remembered. */
export class LocalTime {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** Milliseconds since 1970 if the wall clock were UTC. */
  localMs(epochMs: number): number {
    return epochMs + this.offset(epochMs);
  }

  /** The number by which a spreadsheet knows this time of this zone; null when `iso` is no instant. */
  serial(iso: string): number | null {
    const epochMs = Date.parse(iso);
    return Number.isNaN(epochMs) ? null : this.localMs(epochMs) / DAY_MS + EPOCH_DAYS;
  }

  /** "2026-11-22 14:03:07"; the text itself when it is no instant. */
  text(iso: string): string {
    const epochMs = Date.parse(iso);
    if (Number.isNaN(epochMs)) return iso;
    return new Date(this.localMs(epochMs)).toISOString().slice(0, 19).replace('T', ' ');
  }

  private offset(epochMs: number): number {
    const slot = Math.floor(epochMs / SLOT_MS);
    const known = this.offsets.get(slot);
    if (known !== undefined) return known;
    const start = slot * SLOT_MS;
    const parts = Object.fromEntries(this.format.formatToParts(start).map((part) => [part.type, Number(part.value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - start;
    if (this.offsets.size >= OFFSETS_KEPT) this.offsets.clear();
    this.offsets.set(slot, offset);
    return offset;
  }
}

/** The number by which a spreadsheet knows a date (YYYY-MM-DD); null when it is none. */
export function dateSerial(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const epochMs = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(epochMs) ? null : epochMs / DAY_MS + EPOCH_DAYS;
}
