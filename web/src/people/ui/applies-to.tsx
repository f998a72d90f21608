import { useTranslation } from 'react-i18next';
import type { AppliesTo as AppliesToKind } from '../../../../src/shared/organisation.js';

interface Props {
  /** `nothing`: numbers do not depend on it. */
  to: AppliesToKind | 'nothing';
  /** What exactly counts from when. */
  text: string;
}

const KEYS = { 'past and future': 'both', 'from then on': 'fromThenOn', nothing: 'nothing' } as const;

/** Says of a form whether what it changes counts for the past too. */
export function AppliesTo({ to, text }: Props) {
  const { t } = useTranslation();
  const key = KEYS[to];
  return (
    <p className="applies" data-to={key}>
      <strong>{t(`people.applies.${key}`)}</strong> {text}
    </p>
  );
}
