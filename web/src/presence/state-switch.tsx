import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorAgent } from '../../../src/shared/live.js';
import type { ChosenState, PresenceView, StateChange } from '../../../src/shared/presence.js';
import { getMyState, getPauseReasons, keepAnswer, putMyState } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';
import { useBoardKey } from '../live/index.js';
import { ErrorView } from '../ui/error-view.js';
import { Elapsed } from './elapsed.js';
import './presence.css';

const KEY = ['me', 'state'] as const;
/** In the order of a shift. */
const SHOWN: readonly ChosenState[] = ['available', 'wrap_up', 'paused', 'offline'];

/** What one is doing, and one tap to say something else. Lives inside the live scope `me`. */
export function StateSwitch() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const own = useQuery({ queryKey: KEY, queryFn: getMyState });
  const reasons = useQuery({ queryKey: ['pause-reasons'], queryFn: getPauseReasons, staleTime: 60_000 });
  useLiveChanges();
  const saying = useMutation({
    mutationFn: putMyState,
    onSuccess: (view, said) => {
      keepAnswer<PresenceView>(queryClient, KEY, view);
      // This answer may itself be older than a call that has begun since.
      void queryClient.invalidateQueries({ queryKey: KEY });
      // Somebody else counts before: said, or one would think that the tap was lost.
      if (view.state !== null && view.state !== said.state && view.state !== 'on_call') {
        void message.info(t('presence.switch.other', { state: t(`presence.states.${view.state}`) }));
      }
    },
  });
  const localised = useLocalised();
  const offered = (reasons.data ?? []).filter(({ archived }) => !archived);
  const named = (key: string | null): string | null => {
    const reason = reasons.data?.find((one) => one.key === key);
    return reason === undefined ? key : localised(reason.name);
  };
  const say = (change: StateChange): void => saying.mutate(change);
  const { state = null, reason = null, since = null } = own.data ?? {};
  return (
    <section className="state-switch" aria-label={t('presence.switch.title')} data-state={state ?? 'unknown'}>
      <p className="state-switch__now" role="status">
        <i aria-hidden="true" />
        <strong>
          {state === null
            ? t(own.isError ? 'presence.switch.unread' : 'presence.switch.unknown')
            : t(`presence.states.${state}`)}
        </strong>
        {reason !== null && <span>{named(reason)}</span>}
        {since !== null && <Elapsed since={Date.parse(since)} />}
      </p>
      <div className="state-switch__choices">
        {SHOWN.map((choice) => (
          <Choice
            key={choice}
            choice={choice}
            current={state}
            disabled={saying.isPending || own.isPending}
            reasons={offered.map(({ key, name }) => ({ key, label: localised(name) }))}
            onSay={say}
          />
        ))}
      </div>
      {own.isError && <ErrorView error={own.error} onRetry={() => void own.refetch()} />}
      {saying.isError && <ErrorView error={saying.error} />}
      {state === 'on_call' && <p className="state-switch__note quiet">{t('presence.switch.afterCall')}</p>}
    </section>
  );
}

interface ChoiceProps {
  choice: ChosenState;
  current: PresenceView['state'];
  disabled: boolean;
  reasons: { key: string; label: string }[];
  onSay: (change: StateChange) => void;
}

function Choice({ choice, current, disabled, reasons, onSay }: ChoiceProps) {
  const { t } = useTranslation();
  const isCurrent = choice === current;
  const button = (onClick?: () => void) => (
    <Button
      block
      size="large"
      type={isCurrent ? 'primary' : 'default'}
      aria-pressed={isCurrent}
      disabled={disabled}
      {...(onClick === undefined ? {} : { onClick })}
    >
      {t(`presence.choose.${choice}`)}
    </Button>
  );
  if (choice !== 'paused' || reasons.length === 0) return button(() => onSay({ state: choice }));
  return (
    <Dropdown
      trigger={['click']}
      disabled={disabled}
      classNames={{ root: 'state-switch__reasons' }}
      menu={{ items: reasons, onClick: ({ key }) => onSay({ state: 'paused', reason: key }) }}
    >
      {button()}
    </Dropdown>
  );
}

/** A call or a phone system may say something else at any time: then what is shown is asked for again. */
function useLiveChanges(): void {
  const queryClient = useQueryClient();
  const live = useBoardKey<FloorAgent>('agent');
  const said = live === undefined ? '' : `${live.activity} ${live.since} ${live.reason}`;
  useEffect(() => {
    if (said !== '') void queryClient.invalidateQueries({ queryKey: KEY });
  }, [queryClient, said]);
}
