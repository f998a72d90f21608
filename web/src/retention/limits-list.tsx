import { InputNumber } from 'antd';
import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import {
  RETENTION_LIMITS,
  type RetentionClass,
  type RetentionDays,
  type RetentionView,
} from '../../../src/shared/retention.js';
import { browserZone } from '../account/browser-zone.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';

interface Props {
  view: RetentionView;
  days: RetentionDays;
  editable: boolean;
  onChange: (id: RetentionClass, days: number) => void;
}

/** A row a class: what it is, for how many days, and how old the oldest is. */
export function LimitsList({ view, days, editable, onChange }: Props) {
  return (
    <ul className="retention-list tabular">
      {view.classes.map(({ id, oldest }) => (
        <Row key={id} id={id} oldest={oldest}>
          <Days id={id} value={days[id]} editable={editable} onChange={(value) => onChange(id, value)} />
        </Row>
      ))}
    </ul>
  );
}

function Row({ id, oldest, children }: PropsWithChildren<{ id: RetentionClass; oldest: string | null }>) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li className="retention-row">
      <div>
        <strong>{t(`audit.retention.classes.${id}`)}</strong>
        <div className="quiet">{t(`audit.retention.about.${id}`)}</div>
      </div>
      <div>{children}</div>
      <dl className="retention-row__oldest">
        <dt>{t('audit.retention.oldest')}</dt>
        <dd>{oldest === null ? t('common.none') : formatInstant(oldest, browserZone(), language)}</dd>
      </dl>
    </li>
  );
}

function Days({
  id,
  value,
  editable,
  onChange,
}: {
  id: RetentionClass;
  value: number;
  editable: boolean;
  onChange: (days: number) => void;
}) {
  const { t } = useTranslation();
  const { minDays, maxDays, defaultDays } = RETENTION_LIMITS[id];
  if (!editable) return <>{t('audit.retention.days', { count: value })}</>;
  const fits = Number.isInteger(value) && value >= minDays && value <= maxDays;
  return (
    <span className="retention-days">
      <InputNumber<number>
        aria-label={t('audit.retention.daysOf', { name: t(`audit.retention.classes.${id}`) })}
        value={value}
        precision={0}
        status={fits ? undefined : 'error'}
        onChange={(typed) => onChange(typed ?? 0)}
      />
      <span className={fits ? 'quiet' : undefined} role={fits ? undefined : 'alert'}>
        {fits
          ? t('audit.retention.usual', { count: defaultDays })
          : t('audit.retention.between', { min: minDays, max: maxDays })}
      </span>
    </span>
  );
}
