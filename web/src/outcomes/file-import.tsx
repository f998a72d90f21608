import { useTranslation } from 'react-i18next';
import type { ListImport } from '../../../src/shared/customer-lists.js';
import type { OutcomeImport } from '../../../src/shared/outcomes.js';
import { type FileArea, importFile } from '../api/index.js';
import { CsvImport, ImportTotals } from '../ui/csv-import/index.js';
import '../people/people.css';

type Result = ListImport | OutcomeImport;

const COUNTS = ['rows', 'added', 'entered', 'corrected', 'unchanged'] as const;

interface Props {
  area: FileArea;
  /** The first is the one a file must have. */
  columns: readonly string[];
}

export function FileImport({ area, columns }: Props) {
  const { t } = useTranslation();
  return (
    <CsvImport<Result>
      area={area}
      send={(csv, checkOnly) => importFile<Result>(area, csv, checkOnly)}
      intro={
        <>
          {t('outcomes.file.columns', { column: columns[0] })} <code className="wrap">{columns.join(', ')}</code>
        </>
      }
      words={{
        errors: (count) => t('outcomes.file.errors', { count }),
        checked: (count) => t('outcomes.file.checked', { count }),
        apply: t('outcomes.file.apply'),
        applied: (count) => t('outcomes.file.applied', { count }),
      }}
      totals={(result) => <Totals result={result} />}
    />
  );
}

function Totals({ result }: { result: Result }) {
  const { t } = useTranslation();
  const values: Partial<Record<(typeof COUNTS)[number], number | null>> = { ...result };
  return (
    <ImportTotals
      figures={COUNTS.map((id) => ({ id, name: t(`outcomes.file.counts.${id}`), value: values[id] ?? null }))}
    />
  );
}
