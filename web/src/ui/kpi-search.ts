import type { KpiDefinitionView } from '../../../src/shared/api.js';

/** Finding a KPI in a list: by its name in either language or by its id. Pure. */

export interface KpiFound {
  search?: string;
}

export function kpiSearchText({ id, name }: Pick<KpiDefinitionView, 'id' | 'name'>): string {
  return `${name.en} ${name.zh} ${id}`.toLowerCase();
}

/** Of a select: whether an option, or one of a group, is what was typed. */
export function isKpiFound(typed: string, option: KpiFound | undefined): boolean {
  return option?.search?.includes(typed.trim().toLowerCase()) ?? false;
}
