import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ExportSource } from '../../../src/shared/exports.js';
import { getReadyReports } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';

/** What an export is of, in words. */
export function useSourceText(): (source: ExportSource) => string {
  const { t } = useTranslation();
  const localised = useLocalised();
  const ready = useQuery({ queryKey: ['reports', 'ready'], queryFn: getReadyReports, staleTime: 600_000 });
  return (source) => {
    if (source.kind === 'period') return `${t('exports.sources.period')} ${source.month}`;
    if (source.kind !== 'ready') return t(`exports.sources.${source.kind}`);
    const view = ready.data?.find(({ id }) => id === source.report);
    return view === undefined ? t('exports.sources.ready') : localised(view.name);
  };
}
