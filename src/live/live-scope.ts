/** Reads what a screen asks to watch, whatever it is. */

/** The campaign of a floor, null for all of them; undefined: no floor is meant. */
export function campaignOf(scope: unknown): number | null | undefined {
  if (scope === 'floor') return null;
  const [, id] = (typeof scope === 'string' ? /^floor:([1-9]\d{0,8})$/.exec(scope) : null) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** A scope that is there for some, whoever they are. */
export function isOwnKind(scope: unknown): boolean {
  return scope === 'me' || campaignOf(scope) !== undefined;
}

export function boardIdOf(scope: unknown): string | null {
  return typeof scope === 'string' && scope.startsWith('board:') ? scope.slice('board:'.length) : null;
}
