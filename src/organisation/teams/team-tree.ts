/** The tree of teams. Pure. */

export interface TeamRow {
  id: number;
  name: string;
  parentId: number | null;
  siteId: number;
  /** Epoch ms. */
  archivedAt: number | null;
  showsRanks: boolean;
}

/** Deep enough for any organisation; a limit, so that a path can be read. */
export const LEVELS_MAX = 8;

export class TeamTree {
  private readonly byId: Map<number, TeamRow>;
  private readonly children = new Map<number | null, TeamRow[]>();

  constructor(teams: readonly TeamRow[]) {
    this.byId = new Map(teams.map((team) => [team.id, team]));
    for (const team of [...teams].sort(byName)) {
      const list = this.children.get(team.parentId) ?? [];
      list.push(team);
      this.children.set(team.parentId, list);
    }
  }

  get(id: number): TeamRow | undefined {
    return this.byId.get(id);
  }

  /** Parents before children, siblings by name. */
  inOrder(): TeamRow[] {
    const ordered: TeamRow[] = [];
    const visit = (parent: number | null): void => {
      for (const team of this.children.get(parent) ?? []) {
        ordered.push(team);
        visit(team.id);
      }
    };
    visit(null);
    return ordered;
  }

  /** From the top to the team itself. */
  lineOf(id: number): TeamRow[] {
    const line: TeamRow[] = [];
    for (let team = this.byId.get(id); team !== undefined && line.length <= LEVELS_MAX; ) {
      line.unshift(team);
      team = team.parentId === null ? undefined : this.byId.get(team.parentId);
    }
    return line;
  }

  pathOf(id: number): string[] {
    return this.lineOf(id).map((team) => team.name);
  }

  childrenOf(id: number | null): readonly TeamRow[] {
    return this.children.get(id) ?? [];
  }

  /** These teams and all below them. */
  withBelow(ids: readonly number[]): number[] {
    const found = new Set<number>();
    const visit = (id: number): void => {
      if (found.has(id)) return;
      found.add(id);
      for (const child of this.children.get(id) ?? []) visit(child.id);
    };
    for (const id of ids) visit(id);
    return [...found];
  }

  /** Whether a team (null: one to be made) may lie below `parentId`: not below itself, and not too deep. */
  fits(id: number | null, parentId: number | null): boolean {
    if (parentId === null) return true;
    const above = this.lineOf(parentId);
    if (id !== null && above.some((team) => team.id === id)) return false;
    return above.length + (id === null ? 1 : this.heightOf(id)) <= LEVELS_MAX;
  }

  private heightOf(id: number): number {
    return 1 + Math.max(0, ...this.childrenOf(id).map((child) => this.heightOf(child.id)));
  }
}

function byName(a: TeamRow, b: TeamRow): number {
  return a.name.localeCompare(b.name) || a.id - b.id;
}
