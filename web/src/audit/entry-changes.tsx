import { useTranslation } from 'react-i18next';
import type { AuditEventView } from '../../../src/shared/audit.js';
import { changesOf } from './filter.js';

/** What an entry says about the change itself: each field as it was and as it is since. */
export function EntryChanges({ event }: { event: AuditEventView }) {
  const { t } = useTranslation();
  const changes = changesOf(event.before, event.after);
  if (changes.length === 0) return <p className="quiet">{t('audit.noFields')}</p>;
  return (
    <table className="audit-changes">
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          <th scope="col">{t('audit.before')}</th>
          <th scope="col">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>
              <Value value={before} />
            </td>
            <td>
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { value: unknown }) {
  const { t } = useTranslation();
  if (value === undefined || value === null) return <span className="quiet">—</span>;
  if (value === '•') return <span className="quiet">{t('audit.personal')}</span>;
  if (typeof value === 'boolean') return <>{t(value ? 'common.yes' : 'common.no')}</>;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return <>{value.join(', ') || '—'}</>;
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>;
}
