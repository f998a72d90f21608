import { useQuery } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  REPORT_RANGES,
  type ReportRangePreset,
  type ReportRangeSpec,
  type ReportSource,
} from '../../../src/shared/reports.js';
import { SCHEDULE_SOURCES_MAX, type ScheduleInput } from '../../../src/shared/schedules.js';
import { getReadyReports, getSavedReports } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';
import { useSourceName } from './use-words.js';

interface Props {
  value?: ReportSource[];
  onChange?: (sources: ReportSource[]) => void;
}

const rangeOf = (source: ReportSource): ReportRangeSpec => (source.kind === 'ready' ? source.query : source.spec).range;

function withRange(source: ReportSource, preset: ReportRangePreset): ReportSource {
  return source.kind === 'ready'
    ? { ...source, query: { ...source.query, range: { preset } } }
    : { ...source, spec: { ...source.spec, range: { preset } } };
}

/** The reports of a pack in their order, each with the period it looks at when it runs. */
export function SourcesField({ value = [], onChange }: Props) {
  const { t } = useTranslation();
  const nameOf = useSourceName();
  const offered = useOffered();
  const periodName = usePeriodName();
  const replace = (at: number, source: ReportSource) =>
    onChange?.(value.map((one, index) => (index === at ? source : one)));
  return (
    <div className="schedule-list">
      {value.map((source, at) => {
        const range = rangeOf(source);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same report may be in a pack twice; its place is what it is
          <div key={at} className="schedule-item">
            <span className="schedule-item__name">{nameOf(source)}</span>
            <Select<ReportRangePreset>
              aria-label={`${t('schedules.period')}: ${nameOf(source)}`}
              {...('preset' in range ? { value: range.preset } : { placeholder: t('schedules.fixedPeriod') })}
              onChange={(preset) => replace(at, withRange(source, preset))}
              popupMatchSelectWidth={false}
              options={REPORT_RANGES.map((preset) => ({ value: preset, label: periodName(preset) }))}
            />
            <Button
              aria-label={`${t('schedules.remove')}: ${nameOf(source)}`}
              onClick={() => onChange?.(value.filter((_, index) => index !== at))}
            >
              {t('schedules.remove')}
            </Button>
          </div>
        );
      })}
      {value.length < SCHEDULE_SOURCES_MAX && (
        <Select<string>
          aria-label={t('schedules.addReport')}
          placeholder={t('schedules.addReport')}
          value={null as unknown as string}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(key) => {
            const chosen = offered.flatMap(({ options }) => options).find((one) => one.value === key);
            if (chosen) onChange?.([...value, chosen.source]);
          }}
          options={offered}
        />
      )}
    </div>
  );
}

/** Of a daily pack on working days only, yesterday is the last working day. */
function usePeriodName(): (preset: ReportRangePreset) => string {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ScheduleInput>();
  const every = Form.useWatch('rhythm', form)?.every;
  const workingDaysOnly = Form.useWatch('workingDaysOnly', form) ?? false;
  return (preset) =>
    preset === 'yesterday' && every === 'day' && workingDaysOnly
      ? t('schedules.lastWorkingDay')
      : t(`reports.ready.ranges.${preset}`);
}

/** Ready-made reports that need nobody chosen, and what somebody has kept. */
function useOffered() {
  const { t } = useTranslation();
  const localised = useLocalised();
  const ready = useQuery({ queryKey: ['reports', 'ready'], queryFn: getReadyReports, staleTime: 600_000 }).data ?? [];
  const saved =
    useQuery({ queryKey: ['reports', 'saved'], queryFn: getSavedReports, staleTime: 30_000 }).data?.reports ?? [];
  const made = ready
    .filter(({ takes }) => !takes.includes('agent_required'))
    .map(({ id, name, defaultRange }) => ({
      value: `ready:${id}`,
      label: localised(name),
      source: { kind: 'ready' as const, report: id, query: { range: { preset: defaultRange }, filters: {} } },
    }));
  const kept = saved.flatMap(({ id, name, source }) =>
    source === null ? [] : [{ value: `saved:${id}`, label: name, source: source as ReportSource }],
  );
  return [
    { label: t('schedules.readyMade'), options: made as { value: string; label: string; source: ReportSource }[] },
    ...(kept.length === 0 ? [] : [{ label: t('schedules.kept'), options: kept }]),
  ];
}
