import { useTranslation } from 'react-i18next';
import type { UserState } from '../../../src/shared/accounts.js';
import { Mark, type Tone } from '../ui/mark.js';

const TONES: Record<UserState, Tone> = { active: 'good', invited: 'warn', disabled: 'plain' };

export function UserStateMark({ state }: { state: UserState }) {
  const { t } = useTranslation();
  return <Mark tone={TONES[state]}>{t(`access.states.${state}`)}</Mark>;
}
