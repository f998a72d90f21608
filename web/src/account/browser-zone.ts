/** Times of one's own doings are told in the zone of the browser one sits at. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
