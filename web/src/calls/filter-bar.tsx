import { useQuery } from '@tanstack/react-query';
import { Checkbox, Segmented, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type CallFilter, getCatalog } from '../api/index.js';
import { dateInZone, listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { browserNow } from '../live/clock.js';
import { useTeams } from '../people/ui/data.js';
import { formatBound } from '../people/ui/days.js';
import { useOrganisationZone } from '../ui/use-session.js';
import { CellTags } from './cell-tags.js';
import { filterFrom, type Period, periodOf, periodRange, withChange } from './filter.js';

const DIRECTIONS = ['outbound', 'inbound', 'internal'] as const;
const OUTCOMES = ['open', 'answered', 'no_answer', 'busy', 'invalid', 'canceled', 'failed', 'abandoned'] as const;
const PERIODS: Period[] = ['today', 'yesterday', 'week', 'all'];

interface Props {
  /** Names for the filters that are ids, known once a call is shown. */
  agentName: string | undefined;
  teamName: string | undefined;
  campaignName: string | undefined;
}

export function FilterBar({ agentName, teamName, campaignName }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const zone = useOrganisationZone() ?? 'UTC';
  const filter = filterFrom(search);
  const today = dateInZone(browserNow(), zone);
  const period = periodOf(filter, today);
  const change = (values: Partial<Record<keyof CallFilter, string | null>>) => setSearch(withChange(search, values));
  const teams = useTeamNames(filter.team);
  const named = { agent: agentName, team: teams ?? teamName, campaign: campaignName };
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
      {(['agent', 'team', 'campaign'] as const).map(
        (key) =>
          filter[key] && (
            <Tag key={key} closable color="blue" onClose={() => change({ [key]: null })}>
              {t(`calls.${key}`)}: {named[key] ?? filter[key]}
            </Tag>
          ),
      )}
      <CellTags filter={filter} onDrop={(key) => change({ [key]: null })} />
    </div>
  );
}

/** A board of several teams leads here with all of them; undefined for a single one, which the calls name themselves. */
function useTeamNames(filter: string | undefined): string | undefined {
  const language = useLanguage();
  const teams = useTeams();
  const ids = (filter ?? '').split(',');
  if (ids.length < 2) return undefined;
  return listText(
    ids.map((id) => teams.find((team) => String(team.id) === id)?.name ?? `#${id}`),
    language,
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
