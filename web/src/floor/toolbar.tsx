import { Button, Checkbox, Input, Popover, Select, TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentActivity, FloorMeta } from '../../../src/shared/live.js';
import { formatCount } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ActivityShape } from '../wallboard/activity-shape.js';
import { useKpiName } from '../wallboard/kpi-name.js';
import { COLUMNS, type Column, type ColumnId, isKpi } from './columns.js';
import { useFloorMeta } from './floor-meta.js';
import { ACTIVITIES, type FloorView, teamTrees } from './floor-model.js';
import type { FloorAddress } from './use-floor-address.js';

interface ToolbarProps {
  address: FloorAddress;
  counts: FloorView['counts'] | undefined;
  columns: readonly Column[];
  onColumns(chosen: ColumnId[] | null): void;
}

const NO_TEAMS: FloorMeta['teams'] = [];

/** What to look at: somebody, a team, a campaign, who does what, which columns. */
export function Toolbar({ address, counts, columns, onColumns }: ToolbarProps) {
  const { t } = useTranslation();
  const meta = useFloorMeta();
  const teams = meta?.teams ?? NO_TEAMS;
  const trees = useMemo(() => teamTrees(teams), [teams]);
  const { filter, campaign, change } = address;
  return (
    <search className="floor-tools" aria-label={t('floor.filters')}>
      <Input
        className="floor-tools__search"
        allowClear
        value={filter.search}
        placeholder={t('floor.search')}
        aria-label={t('floor.search')}
        onChange={(event) => change({ q: event.target.value })}
      />
      <TreeSelect<number>
        className="floor-tools__team"
        allowClear
        showSearch={{ treeNodeFilterProp: 'title' }}
        treeDefaultExpandAll
        aria-label={t('floor.team')}
        placeholder={t('floor.allTeams')}
        treeData={trees}
        value={meta === undefined ? undefined : (filter.team ?? undefined)}
        onChange={(team: number | undefined) => change({ team: team === undefined ? '' : String(team) })}
      />
      <Select
        className="floor-tools__campaign"
        aria-label={t('floor.campaign')}
        value={meta === undefined || campaign === null ? '' : String(campaign)}
        onChange={(value: string) => change({ campaign: value })}
        options={[
          { value: '', label: t('floor.allCampaigns') },
          ...(meta?.campaigns ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <Activities
        counts={counts}
        chosen={filter.activities}
        onChange={(activities) => change({ state: activities.join(',') })}
      />
      <ColumnChoice columns={columns} onColumns={onColumns} />
    </search>
  );
}

interface ActivitiesProps {
  counts: FloorView['counts'] | undefined;
  chosen: readonly AgentActivity[];
  onChange(activities: AgentActivity[]): void;
}

/** The legend that also counts, and filters: what each shape means and how many there are. */
function Activities({ counts, chosen, onChange }: ActivitiesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toggled = (activity: AgentActivity) =>
    ACTIVITIES.filter((one) => (one === activity ? !chosen.includes(one) : chosen.includes(one)));
  return (
    <fieldset className="activities">
      <legend className="sr-only">{t('floor.states')}</legend>
      {ACTIVITIES.map((activity) => {
        const count = counts?.[activity] ?? 0;
        const isChosen = chosen.includes(activity);
        // What nobody does and nobody asked for is no news; the usual four stay where they are.
        if (count === 0 && !isChosen && !ALWAYS.has(activity)) return null;
        return (
          <button
            key={activity}
            type="button"
            className="activity"
            aria-pressed={isChosen}
            data-activity={activity}
            data-count={count}
            onClick={() => onChange(toggled(activity))}
          >
            <ActivityShape activity={activity} />
            <span>{t(`wall.activity.${activity}`)}</span>
            <b>{formatCount(count, language)}</b>
          </button>
        );
      })}
    </fieldset>
  );
}

const ALWAYS = new Set<AgentActivity>(['talking', 'paused', 'available', 'offline']);

function ColumnChoice({ columns, onColumns }: Pick<ToolbarProps, 'columns' | 'onColumns'>) {
  const { t } = useTranslation();
  const kpiName = useKpiName();
  const choices = COLUMNS.filter(({ id }) => id !== 'agent');
  const content = (
    <div className="column-choice">
      <Checkbox.Group<ColumnId>
        value={columns.map(({ id }) => id)}
        options={choices.map(({ id }) => ({ value: id, label: isKpi(id) ? kpiName(id) : t(`floor.columns.${id}`) }))}
        onChange={(chosen) => onColumns(chosen)}
      />
      <Button size="small" onClick={() => onColumns(null)}>
        {t('floor.columnsReset')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t('floor.columnsTitle')} content={content}>
      <Button>{t('floor.columnsButton')}</Button>
    </Popover>
  );
}
