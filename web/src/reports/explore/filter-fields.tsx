import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REPORT_FILTERS, type ReportFilters, type ReportResult } from '../../../../src/shared/reports.js';
import { getDispositions, getReportChoices } from '../../api/index.js';
import { useLanguage, useLocalised } from '../../i18n/index.js';
import { TeamsChoice } from '../../people/ui/choices.js';
import { clockText, quarterText } from '../../people/ui/clock-text.js';
import { weekdayName } from '../../people/ui/days.js';
import { AgentField } from '../ready/agent-field.js';
import { withFilter } from './question.js';

type Filter = (typeof REPORT_FILTERS)[number];

interface Props {
  filters: ReportFilters;
  onChange: (filters: ReportFilters) => void;
  /** Whether this person leads people: agents see themselves only. */
  leads: boolean;
  /** For names of numbers that belong to no campaign. */
  result: ReportResult | undefined;
}

/** Those in use, and a way to more. */
export function FilterFields({ filters, onChange, leads, result }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Filter[]>([]);
  const offered = REPORT_FILTERS.filter((one) => leads || (one !== 'agents' && one !== 'teams'));
  const isShown = (one: Filter) => opened.includes(one) || (filters[one]?.length ?? 0) > 0;
  const closed = offered.filter((one) => !isShown(one));
  return (
    <>
      {offered.filter(isShown).map((one) => (
        <FilterField key={one} filter={one} filters={filters} onChange={onChange} result={result} />
      ))}
      {closed.length > 0 && (
        <div className="report-field">
          <span>{t('reports.explore.filters')}</span>
          <Select<Filter | null>
            aria-label={t('reports.explore.addFilter')}
            value={null}
            placeholder={t('reports.explore.addFilter')}
            popupMatchSelectWidth={false}
            onChange={(one) => one && setOpened([...opened, one])}
            options={closed.map((value) => ({ value, label: t(`reports.explore.filterNames.${value}`) }))}
          />
        </div>
      )}
    </>
  );
}

interface FieldProps extends Omit<Props, 'leads'> {
  filter: Filter;
}

function FilterField({ filter, filters, onChange, result }: FieldProps) {
  const language = useLanguage();
  const numbers = (key: 'campaigns' | 'dispositions' | 'hoursOfDay' | 'weekdays' | 'intervals', options: Option[]) => (
    <Choices
      filter={key}
      value={(filters[key] ?? []).map(String)}
      options={options}
      onChange={(values) => onChange(withFilter(filters, key, values.map(Number)))}
    />
  );
  switch (filter) {
    case 'agents':
      return (
        <AgentField
          value={filters.agents ?? []}
          isRequired={false}
          onChange={(agents) => onChange(withFilter(filters, 'agents', agents))}
        />
      );
    case 'teams':
      return (
        <TeamsField value={filters.teams ?? []} onChange={(teams) => onChange(withFilter(filters, 'teams', teams))} />
      );
    case 'campaigns':
      return <WithCampaigns>{(options) => numbers('campaigns', options)}</WithCampaigns>;
    case 'dispositions':
      return <WithDispositions>{(options) => numbers('dispositions', options)}</WithDispositions>;
    case 'callerNumbers':
      return (
        <WithNumbers result={result}>
          {(options) => (
            <Choices
              filter="callerNumbers"
              value={filters.callerNumbers ?? []}
              options={options}
              onChange={(values) => onChange(withFilter(filters, 'callerNumbers', values))}
            />
          )}
        </WithNumbers>
      );
    case 'hoursOfDay':
      return numbers(
        'hoursOfDay',
        range(0, 23, (hour) => `${clockText(hour * 60)}–${clockText(((hour + 1) % 24) * 60)}`),
      );
    case 'weekdays':
      return numbers(
        'weekdays',
        range(1, 7, (day) => weekdayName(day, language)),
      );
    case 'intervals':
      return numbers('intervals', range(0, 95, quarterText));
  }
}

interface Option {
  value: string;
  label: string;
}

const range = (from: number, to: number, name: (value: number) => string): Option[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ value: String(from + index), label: name(from + index) }));

interface ChoicesProps {
  filter: Exclude<Filter, 'agents' | 'teams'>;
  value: string[];
  options: Option[];
  onChange: (values: string[]) => void;
}

function Choices({ filter, value, options, onChange }: ChoicesProps) {
  const { t } = useTranslation();
  const label = t(`reports.explore.filterNames.${filter}`);
  return (
    <div className="report-field report-field--wide">
      <span>{label}</span>
      <Select<string[]>
        mode="multiple"
        allowClear
        aria-label={label}
        placeholder={t('reports.explore.all')}
        maxTagCount="responsive"
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        notFoundContent={t('people.nothingFound')}
        value={value}
        options={options}
        onChange={onChange}
      />
    </div>
  );
}

function TeamsField({ value, onChange }: { value: number[]; onChange: (teams: number[]) => void }) {
  const { t } = useTranslation();
  const label = t('reports.explore.filterNames.teams');
  return (
    <div className="report-field report-field--wide">
      <span>{label}</span>
      <TeamsChoice
        placeholder={t('reports.explore.all')}
        popupMatchSelectWidth={false}
        maxTagCount="responsive"
        aria-label={label}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

const useReportChoices = () =>
  useQuery({ queryKey: ['reports', 'choices'], queryFn: getReportChoices, staleTime: 60_000 }).data;

type Children = (options: Option[]) => React.ReactNode;

function WithCampaigns({ children }: { children: Children }) {
  const { t } = useTranslation();
  const campaigns = useReportChoices()?.campaigns ?? [];
  return children([
    ...campaigns.map(({ id, name }) => ({ value: String(id), label: name })),
    { value: '0', label: t('reports.explore.noCampaign') },
  ]);
}

function WithDispositions({ children }: { children: Children }) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const known = useQuery({ queryKey: ['dispositions'], queryFn: getDispositions, staleTime: 60_000 }).data ?? [];
  return children([
    ...known.map(({ id, name }) => ({ value: String(id), label: localised(name) })),
    { value: '0', label: t('reports.explore.noDisposition') },
  ]);
}

/** Numbers of campaigns, and those that are in the answer. */
function WithNumbers({ result, children }: { result: ReportResult | undefined; children: Children }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const choices = useReportChoices();
  const campaignOf = new Map(choices?.campaigns.map(({ id, name }) => [id, name]));
  const place = result?.spec.groupBy.indexOf('caller_number') ?? -1;
  const named = new Map<string, string>();
  if (place >= 0) {
    for (const { keys, labels } of result?.rows ?? []) named.set(keys[place] ?? '', labels[place]?.[language] ?? '');
  }
  for (const { id, number, campaignId } of choices?.callerNumbers ?? []) {
    named.set(id, [number, campaignOf.get(campaignId)].filter(Boolean).join(' · '));
  }
  named.delete('0');
  return children([
    ...[...named].map(([value, label]) => ({ value, label })),
    { value: '0', label: t('reports.explore.noNumber') },
  ]);
}
