import { InputNumber, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  RETENTION_LIMITS,
  type RetentionClass,
  type RetentionDays,
  type RetentionView,
} from '../../../src/shared/retention.js';
import { browserZone } from '../account/browser-zone.js';
import { formatCount, formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ScrollX } from '../ui/scroll-x.js';

interface Props {
  view: RetentionView;
  days: RetentionDays;
  editable: boolean;
  onChange: (id: RetentionClass, days: number) => void;
}

interface Row {
  id: RetentionClass | 'facts';
  oldest: string | null;
}

/** A row a class: what it is, for how many days, and how old the oldest is. Calls stand below, without a limit. */
export function LimitsTable({ view, days, editable, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows: Row[] = [...view.classes, { id: 'facts', oldest: view.facts.oldest }];
  return (
    <ScrollX label={t('audit.retention.limits')}>
      <Table<Row>
        rowKey="id"
        size="middle"
        className="tabular audit-table"
        pagination={false}
        dataSource={rows}
        columns={[
          {
            title: t('audit.retention.class'),
            render: (_, { id }) => (
              <>
                {t(`audit.retention.classes.${id}`)}
                <div className="quiet">{t(`audit.retention.about.${id}`)}</div>
              </>
            ),
          },
          {
            title: t('audit.retention.keptFor'),
            render: (_, { id }) =>
              id === 'facts' ? (
                t('audit.retention.noLimit', { total: formatCount(view.facts.kept, language) })
              ) : (
                <Days id={id} value={days[id]} editable={editable} onChange={(value) => onChange(id, value)} />
              ),
          },
          {
            title: t('audit.retention.oldest'),
            render: (_, { oldest }) =>
              oldest === null ? t('common.none') : formatInstant(oldest, browserZone(), language),
          },
        ]}
      />
    </ScrollX>
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
