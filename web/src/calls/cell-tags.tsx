import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { CELL_PARAMETERS } from '../../../src/shared/cell-query.js';
import { type CellFilter, getDispositions, getReportChoices } from '../api/index.js';
import { listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { quarterText } from '../people/ui/clock-text.js';
import { hourSpans } from './filter.js';

interface Props {
  filter: CellFilter;
  onDrop: (key: keyof CellFilter) => void;
}

/** The cell of a report a list is narrowed to, in words, each with a way to leave it out. */
export function CellTags({ filter, onDrop }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispositions = useDispositionNames(filter.disposition !== undefined);
  const numbers = useOwnNumbers(filter.callerNumber !== undefined);
  const nameOf = (key: keyof CellFilter, value: string): string => {
    switch (key) {
      case 'disposition':
        return value === '0' ? t('calls.cell.noDisposition') : (dispositions(Number(value)) ?? `#${value}`);
      case 'callerNumber':
        return value === '0' ? t('calls.cell.noNumber') : (numbers(value) ?? `#${value}`);
      case 'interval':
        return quarterText(Number(value));
      case 'weekday':
        return t(`calls.cell.weekdays.${value}`);
      default:
        return value;
    }
  };
  return CELL_PARAMETERS.map((key) => {
    const value = filter[key];
    if (value === undefined) return null;
    const names = key === 'hourOfDay' ? hourSpans(value) : value.split(',').map((one) => nameOf(key, one));
    return (
      <Tag key={key} closable color="blue" onClose={() => onDrop(key)}>
        {t(`calls.cell.${key}`)}: {listText(names, language)}
      </Tag>
    );
  });
}

/** Whoever may not read dispositions sees their ids. */
function useDispositionNames(enabled: boolean): (id: number) => string | undefined {
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['outcomes', 'dispositions'],
    queryFn: getDispositions,
    enabled,
    staleTime: 600_000,
  });
  return (id) => data?.find((one) => one.id === id)?.name[language];
}

function useOwnNumbers(enabled: boolean): (id: string) => string | undefined {
  const { data } = useQuery({
    queryKey: ['reports', 'choices'],
    queryFn: getReportChoices,
    enabled,
    staleTime: 600_000,
  });
  return (id) => data?.callerNumbers.find((one) => one.id === id)?.number;
}
