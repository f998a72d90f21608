import { useTranslation } from 'react-i18next';
import { PEOPLE_COLUMNS, type PeopleImport } from '../../../../src/shared/organisation.js';
import { importPeople } from '../../api/index.js';
import { CsvImport, ImportTotals } from '../../ui/csv-import/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { ImportPreview } from './import-preview.js';

const COUNTS = ['created', 'changed', 'unchanged', 'moved', 'addressesAdded'] as const;

export function ImportPeople() {
  const { t } = useTranslation();
  return (
    <CsvImport<PeopleImport>
      send={importPeople}
      intro={
        <>
          {t('people.files.columns')} <code className="wrap">{PEOPLE_COLUMNS.join(', ')}</code>
        </>
      }
      words={{
        errors: (count) => t('people.files.errors', { count }),
        checked: (count) => t('people.files.checked', { count }),
        apply: t('people.files.apply'),
        applied: (count) => t('people.files.applied', { count }),
      }}
      totals={(result) => (
        <ImportTotals figures={COUNTS.map((id) => ({ id, name: t(`people.files.counts.${id}`), value: result[id] }))} />
      )}
      preview={(result) => (
        <>
          <ImportPreview result={result} />
          <AppliesTo to="past and future" text={t('people.files.applies')} />
        </>
      )}
    />
  );
}
