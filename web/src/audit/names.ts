import type { TFunction } from 'i18next';
import type { AuditEventView } from '../../../src/shared/audit.js';

/** Who, in words: the name of today, else the kind with its number. */
export function actorText(actor: { kind: string; id: number | null; name: string | null }, t: TFunction): string {
  if (actor.name !== null) return actor.name;
  const kind = t(`audit.actors.${actor.kind}`);
  if (actor.kind === 'key' && actor.id === null) return t('audit.bootstrapKey');
  return actor.id === null ? kind : t('audit.numbered', { kind, id: actor.id });
}

export function actionText(action: string, t: TFunction): string {
  return t(`audit.actions.${action}`, { defaultValue: action });
}

export function subjectText(subject: NonNullable<AuditEventView['subject']>, t: TFunction): string {
  if (subject.name !== null) return subject.name;
  const kind = t(`audit.subjects.${subject.kind}`, { defaultValue: subject.kind });
  if (subject.kind === 'retention') return kind;
  // What is no number of ours says everything itself, as a route does.
  return /^\d+$/.test(subject.id) ? t('audit.numbered', { kind, id: subject.id }) : subject.id;
}
