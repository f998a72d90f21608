/** The fields of a schedule as they are changed and audited. Pure. */
import type { Json } from '../../audit/index.js';
import type { ScheduleInput } from '../../shared/schedules.js';
import type { ScheduleFields, ScheduleRow } from './schedule.repository.js';

export function withDefaults({ destinations: _, ...input }: ScheduleInput): ScheduleFields {
  return { ...input, packLink: input.packLink ?? 'sign_in', packLinkUses: input.packLinkUses ?? 1 };
}

export function fieldsOf(row: ScheduleRow): ScheduleFields {
  const { name, sources, format, language, rhythm, zone, workingDaysOnly, packLink, packLinkUses, active } = row;
  return { name, sources, format, language, rhythm, zone, workingDaysOnly, packLink, packLinkUses, active };
}

/** Its name may name a person; which reports, when, and who may fetch them does not. */
export function audited(row: ScheduleRow): Json {
  const { owner, sources, format, language, rhythm, zone, workingDaysOnly, packLink, packLinkUses, active } = row;
  return {
    owner: owner?.id ?? null,
    reports: sources.map((source) => (source.kind === 'ready' ? source.report : 'explore')),
    format,
    language,
    rhythm: { ...rhythm },
    zone,
    workingDaysOnly,
    packLink,
    packLinkUses,
    active,
  };
}
