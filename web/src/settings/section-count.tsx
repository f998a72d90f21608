import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SettingsSection } from './sections.js';

/** How many things wait on a page; nothing while there are none, or while it is not known. */
export function SectionCount({ count }: { count: NonNullable<SettingsSection['count']> }) {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: count.queryKey, queryFn: count.read, refetchInterval: 30_000 });
  if (!data) return null;
  return (
    <span className="settings__count">
      <span aria-hidden="true">{data > 99 ? '99+' : data}</span>
      <span className="sr-only">{t('settings.waiting', { count: data })}</span>
    </span>
  );
}
