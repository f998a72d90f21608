import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../ui/error-view.js';

interface SectionProps<T> {
  title: string;
  query: UseQueryResult<T>;
  children(data: T): ReactNode;
}

/** A part of the panel that is asked for: its data, or that it is on its way, or what went wrong. */
export function PanelSection<T>({ title, query, children }: SectionProps<T>) {
  const { t } = useTranslation();
  return (
    <section className="panel-part" aria-label={title}>
      <h3>{title}</h3>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.isError ? (
        <ErrorView error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <p className="quiet">{t('common.loading')}</p>
      )}
    </section>
  );
}
