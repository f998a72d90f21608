import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_STATE_THRESHOLDS, type StateThresholds } from '../../../src/shared/presence.js';
import { getStateThresholds, putStateThresholds } from '../api/index.js';
import { formatStopwatch } from '../format/index.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';
import { useMay } from '../ui/use-session.js';
import { readSteps } from './reasons-model.js';
import { SaveBar } from './save-bar.js';
import { useDraft } from './use-draft.js';

const STATES = ['available', 'on_call', 'wrap_up', 'paused'] as const;

/** From when on a cell of the floor steps up in colour. */
export function ThresholdsSection() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings:write');
  const { stored, value, setDraft, bar } = useDraft(['presence', 'thresholds'], getStateThresholds, putStateThresholds);
  const [typed, setTyped] = useState<Partial<Record<keyof StateThresholds, string>>>({});
  const usable = STATES.every((state) => typed[state] === undefined || readSteps(typed[state] ?? '') !== null);
  const change = (state: keyof StateThresholds, text: string): void => {
    setTyped({ ...typed, [state]: text });
    const steps = readSteps(text);
    if (value && steps !== null) setDraft({ ...value, [state]: steps });
  };
  const reset = (): void => {
    setTyped({});
    bar.onReset();
  };
  return (
    <Section title={t('presence.thresholds.title')} text={t('presence.thresholds.text')}>
      {stored.isError && <ErrorView error={stored.error} onRetry={() => void stored.refetch()} />}
      {value &&
        STATES.map((state) => {
          const text = typed[state] ?? value[state].join(', ');
          const steps = readSteps(text);
          return (
            <div key={state} className="state-steps">
              <label htmlFor={`threshold-${state}`}>{t(`presence.states.${state}`)}</label>
              <Input
                id={`threshold-${state}`}
                value={text}
                maxLength={60}
                inputMode="numeric"
                disabled={!mayWrite}
                status={steps === null ? 'error' : ''}
                aria-describedby={`threshold-${state}-help`}
                onChange={(event) => change(state, event.target.value)}
              />
              <span id={`threshold-${state}-help`} className="quiet">
                {steps === null
                  ? t('presence.thresholds.wrong')
                  : steps.map((step) => formatStopwatch(step * 1_000)).join(' → ')}
              </span>
            </div>
          );
        })}
      {mayWrite && (
        <p className="quiet">
          {t('presence.thresholds.usual', {
            steps: STATES.map(
              (state) => `${t(`presence.states.${state}`)} ${DEFAULT_STATE_THRESHOLDS[state].join('/')}`,
            ).join(' · '),
          })}
        </p>
      )}
      <SaveBar {...bar} changed={bar.changed || !usable} usable={usable} onReset={reset} />
    </Section>
  );
}
