/** How a site counts its days. */
export interface Zone {
  /** IANA name. */
  timeZone: string;
  dayStartMinutes: number;
}
