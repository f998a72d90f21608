import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AGENT_STATES, type AgentState, type TaskRouterActivity } from '../../../src/shared/presence.js';
import { getActivities, getPauseReasons, putActivities } from '../api/index.js';
import { formatInstant } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { AppliesTo } from '../people/ui/applies-to.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useMay, useOrganisationZone } from '../ui/use-session.js';
import { SaveBar } from './save-bar.js';
import { useDraft } from './use-draft.js';

type Activities = TaskRouterActivity[];

/** Only what is mapped is sent: what nobody has said anything about stays as it is. */
function save(draft: Activities): Promise<Activities> {
  return putActivities(
    draft.flatMap(({ name, state, reason }) =>
      state === null ? [] : [{ name, state, ...(state === 'paused' && reason !== null ? { reason } : {}) }],
    ),
  );
}

export function ActivitiesSection() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings:write');
  const { stored, value, setDraft, bar } = useDraft(['presence', 'activities'], getActivities, save);
  const change = (name: string, part: Partial<TaskRouterActivity>): void =>
    setDraft((value ?? []).map((one) => (one.name === name ? { ...one, ...part } : one)));
  const add = (name: string): void =>
    setDraft([...(value ?? []), { name, state: 'paused', reason: null, lastSeenAt: null, agents: 0 }]);
  return (
    <Section title={t('presence.activities.title')} text={t('presence.activities.text')}>
      {stored.isError && <ErrorView error={stored.error} onRetry={() => void stored.refetch()} />}
      {value && (
        <ScrollX label={t('presence.activities.title')}>
          <table className="states-table">
            <thead>
              <tr>
                <th scope="col">{t('presence.activities.name')}</th>
                <th scope="col">{t('presence.activities.means')}</th>
                <th scope="col">{t('presence.activities.reason')}</th>
                <th scope="col">{t('presence.activities.seen')}</th>
              </tr>
            </thead>
            <tbody>
              {value.map((activity) => (
                <Row
                  key={activity.name}
                  activity={activity}
                  mayWrite={mayWrite}
                  onChange={(part) => change(activity.name, part)}
                />
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {mayWrite && value && <AddActivity taken={value.map(({ name }) => name)} onAdd={add} />}
      {mayWrite && <AppliesTo to="past and future" text={t('presence.activities.applies')} />}
      <SaveBar {...bar} usable />
    </Section>
  );
}

interface RowProps {
  activity: TaskRouterActivity;
  mayWrite: boolean;
  onChange: (part: Partial<TaskRouterActivity>) => void;
}

function Row({ activity, mayWrite, onChange }: RowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useOrganisationZone() ?? 'UTC';
  const { name, state, reason, lastSeenAt, agents } = activity;
  return (
    <tr>
      <th scope="row">
        {name}{' '}
        {state === null && <strong className="states-table__unmapped">▲ {t('presence.activities.unmapped')}</strong>}
      </th>
      <td>
        <Select<AgentState>
          aria-label={t('presence.activities.meansOf', { name })}
          {...(state === null ? {} : { value: state })}
          placeholder={t('presence.activities.choose')}
          disabled={!mayWrite}
          onChange={(chosen) => onChange({ state: chosen, ...(chosen === 'paused' ? {} : { reason: null }) })}
          options={AGENT_STATES.map((one) => ({ value: one, label: t(`presence.states.${one}`) }))}
        />
      </td>
      <td>
        {state === 'paused' && (
          <ReasonChoice name={name} value={reason} disabled={!mayWrite} onChange={(key) => onChange({ reason: key })} />
        )}
      </td>
      <td className="quiet">
        {lastSeenAt === null
          ? t('presence.activities.never')
          : t('presence.activities.seenBy', {
              count: agents,
              at: formatInstant(lastSeenAt, zone, language),
            })}
      </td>
    </tr>
  );
}

interface ReasonProps {
  name: string;
  value: string | null;
  disabled: boolean;
  onChange: (key: string | null) => void;
}

function ReasonChoice({ name, value, disabled, onChange }: ReasonProps) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const reasons = useQuery({ queryKey: ['pause-reasons'], queryFn: getPauseReasons });
  return (
    <Select<string>
      aria-label={t('presence.activities.reasonOf', { name })}
      value={value ?? ''}
      disabled={disabled}
      onChange={(key) => onChange(key === '' ? null : key)}
      options={[
        { value: '', label: t('presence.activities.noReason') },
        ...(reasons.data ?? [])
          .filter(({ key, archived }) => !archived || key === value)
          .map(({ key, name: text }) => ({ value: key, label: localised(text) })),
      ]}
    />
  );
}

/** An activity may be mapped before anybody has gone into it. */
function AddActivity({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const usable = name !== '' && !taken.includes(name);
  const add = (): void => {
    if (!usable) return;
    onAdd(name);
    setTyped('');
  };
  return (
    <div className="states-add">
      <Input
        value={typed}
        maxLength={128}
        aria-label={t('presence.activities.addName')}
        placeholder={t('presence.activities.addName')}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={add}
      />
      <Button disabled={!usable} onClick={add}>
        {t('presence.activities.add')}
      </Button>
    </div>
  );
}
