import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PeopleImport, PeopleImportError } from '../../../../src/shared/organisation.js';
import { useLocalised } from '../../i18n/index.js';
import { Mark, type Tone } from '../../ui/mark.js';
import { ScrollX } from '../../ui/scroll-x.js';

const COUNTS = ['created', 'changed', 'unchanged', 'moved', 'addressesAdded'] as const;
type Preview = PeopleImport['preview'][number];
const TONES: Record<Preview['action'], Tone> = { create: 'good', change: 'live', unchanged: 'plain' };

/** What a file does, or did, in figures. */
export function Totals({ result }: { result: PeopleImport }) {
  const { t } = useTranslation();
  return (
    <dl className="tiles">
      {COUNTS.map((key) => (
        <div key={key} className="tile" data-count={key}>
          <dt>{t(`people.files.counts.${key}`)}</dt>
          <dd>{result[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Every row that is wrong, with what to do; nothing was changed. */
export function ImportErrors({ result }: { result: PeopleImport }) {
  const { t } = useTranslation();
  const localised = useLocalised();
  return (
    <>
      <Alert type="error" showIcon role="alert" title={t('people.files.errors', { count: result.errorCount })} />
      <ScrollX label={t('people.files.errorList')}>
        <Table<PeopleImportError>
          rowKey={(error) => `${error.line}:${error.column}:${error.code}`}
          size="small"
          pagination={false}
          dataSource={result.errors}
          columns={[
            { title: t('people.files.line'), dataIndex: 'line', align: 'right' },
            { title: t('people.files.column'), render: (_, { column }) => column && <code>{column}</code> },
            {
              title: t('people.files.problem'),
              render: (_, { message, fix }) => (
                <span className="import__problem">
                  {localised(message)}
                  {fix && <span className="quiet"> {localised(fix)}</span>}
                </span>
              ),
            },
          ]}
        />
      </ScrollX>
      {result.errorCount > result.errors.length && (
        <p className="quiet">{t('people.files.moreErrors', { count: result.errorCount - result.errors.length })}</p>
      )}
    </>
  );
}

/** What each row would do. */
export function ImportPreview({ result }: { result: PeopleImport }) {
  const { t } = useTranslation();
  return (
    <>
      <ScrollX label={t('people.files.preview')}>
        <Table<Preview>
          rowKey="line"
          size="small"
          pagination={false}
          dataSource={result.preview}
          columns={[
            { title: t('people.files.line'), dataIndex: 'line', align: 'right' },
            { title: t('people.name'), dataIndex: 'name' },
            {
              title: t('people.files.action'),
              render: (_, { action }) => <Mark tone={TONES[action]}>{t(`people.files.actions.${action}`)}</Mark>,
            },
            {
              title: t('people.files.changes'),
              render: (_, { changes }) => <code className="wrap">{changes.join(', ')}</code>,
            },
          ]}
        />
      </ScrollX>
      {result.rows > result.preview.length && (
        <p className="quiet">{t('people.files.morePreview', { count: result.rows - result.preview.length })}</p>
      )}
    </>
  );
}
