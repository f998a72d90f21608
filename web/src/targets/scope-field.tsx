import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TargetScope } from '../../../src/shared/targets.js';
import { AgentChoice, TeamChoice } from '../people/ui/choices.js';
import { useIsLead } from './use-is-lead.js';

/** A team or a person may still have to be chosen: id 0. */
export type ScopeDraft = { kind: TargetScope['kind']; id: number };

export function scopeOf({ kind, id }: ScopeDraft): TargetScope | null {
  if (kind === 'organisation') return { kind };
  return id > 0 ? { kind, id } : null;
}

interface Props {
  id?: string;
  value?: ScopeDraft;
  onChange?: (scope: ScopeDraft) => void;
}

/** Whom a target is for. Who leads teams sets no targets of the whole organisation. */
export function ScopeField({ id, value = { kind: 'team', id: 0 }, onChange }: Props) {
  const { t } = useTranslation();
  const isLead = useIsLead();
  const kinds = (['organisation', 'team', 'agent'] as const).filter((kind) => kind !== 'organisation' || !isLead);
  const choice = { value: value.id || undefined, onChange: (chosen: number) => onChange?.({ ...value, id: chosen }) };
  return (
    <div className="scope-field" id={id}>
      <Segmented<TargetScope['kind']>
        aria-label={t('targets.whom')}
        value={value.kind}
        onChange={(kind) => onChange?.({ kind, id: 0 })}
        options={kinds.map((kind) => ({ value: kind, label: t(`targets.scopes.${kind}`) }))}
      />
      {value.kind === 'team' && <TeamChoice aria-label={t('targets.scopes.team')} {...withoutNothing(choice)} />}
      {value.kind === 'agent' && <AgentChoice aria-label={t('targets.scopes.agent')} {...withoutNothing(choice)} />}
    </div>
  );
}

function withoutNothing({ value, onChange }: { value: number | undefined; onChange: (id: number) => void }) {
  return value === undefined ? { onChange } : { value, onChange };
}
