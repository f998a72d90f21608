import { useQuery } from '@tanstack/react-query';
import { Checkbox, Segmented, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CallView } from '../../../src/shared/api.js';
import { type CallFilter, getCatalog } from '../api/index.js';
import { dateInZone } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { browserNow } from '../live/clock.js';
import { formatBound } from '../people/ui/days.js';
import { useOrganisationZone } from '../ui/use-session.js';
import { CellTags } from './cell-tags.js';
import { filterFrom, type Period, periodOf, periodRange, withChange } from './filter.js';
import { OwnerTags } from './owner-tags.js';

const DIRECTIONS = ['outbound', 'inbound', 'internal'] as const;
const OUTCOMES = ['open', 'answered', 'no_answer', 'busy', 'invalid', 'canceled', 'failed', 'abandoned'] as const;
const PERIODS: Period[] = ['today', 'yesterday', 'week', 'all'];

interface Props {
  /** Those listed so far, which name what the filter holds as ids; undefined: nobody knows them yet. */
  calls: readonly CallView[] | undefined;
}

export function FilterBar({ calls }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const zone = useOrganisationZone() ?? 'UTC';
  const filter = filterFrom(search);
  const today = dateInZone(browserNow(), zone);
  const period = periodOf(filter, today);
  const change = (values: Partial<Record<keyof CallFilter, string | null>>) => setSearch(withChange(search, values));
  return (
    <div className="filters">
      <Segmented<Period | ''>
        aria-label={t('calls.period.title')}
        value={period ?? ''}
        options={PERIODS.map((value) => ({ value, label: t(`calls.period.${value}`) }))}
        onChange={(value) => value && change(periodRange(value, today))}
      />
      <Select
        aria-label={t('calls.directionTitle')}
        value={filter.direction ?? ''}
        onChange={(value: string) => change({ direction: value })}
        options={[
          { value: '', label: t('calls.anyDirection') },
          ...DIRECTIONS.map((value) => ({ value, label: t(`calls.direction.${value}`) })),
        ]}
      />
      <Select
        aria-label={t('calls.outcomeTitle')}
        value={filter.outcome ?? ''}
        onChange={(value: string) => change({ outcome: value })}
        options={[
          { value: '', label: t('calls.anyOutcome') },
          ...OUTCOMES.map((value) => ({ value, label: t(`calls.outcome.${value}`) })),
        ]}
      />
      {(['incomplete', 'unassigned', 'stale'] as const).map((flag) => (
        <Checkbox
          key={flag}
          checked={filter[flag] === 'true'}
          onChange={(event) => change({ [flag]: event.target.checked ? 'true' : null })}
        >
          {t(`calls.only.${flag}`)}
        </Checkbox>
      ))}
      <Checkbox
        checked={filter.dnc === 'true'}
        onChange={(event) => change({ dnc: event.target.checked ? 'true' : null })}
      >
        {t('outcomes.onlyDoNotCall')}
      </Checkbox>
      {period === null && <RangeTag filter={filter} zone={zone} onClose={() => change({ from: null, to: null })} />}
      {filter.measure && <MeasureTag id={filter.measure} onClose={() => change({ measure: null })} />}
      <OwnerTags filter={filter} calls={calls} onDrop={(key) => change({ [key]: null })} />
      <CellTags filter={filter} onDrop={(key) => change({ [key]: null })} />
    </div>
  );
}

function MeasureTag({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  const name = catalog.data?.find((definition) => definition.id === id)?.name[language];
  return (
    <Tag closable color="blue" onClose={onClose}>
      {t('calls.counted')}: {name ?? id}
    </Tag>
  );
}

function RangeTag({ filter, zone, onClose }: { filter: CallFilter; zone: string; onClose: () => void }) {
  const language = useLanguage();
  const show = (end: 'from' | 'to') => {
    const bound = filter[end];
    return bound === undefined ? '…' : formatBound(bound, end, zone, language);
  };
  return (
    <Tag closable color="blue" onClose={onClose}>
      {show('from')} – {show('to')}
    </Tag>
  );
}
