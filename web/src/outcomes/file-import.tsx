import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Table, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListImport, ListImportError } from '../../../src/shared/customer-lists.js';
import type { OutcomeImport, OutcomeImportError } from '../../../src/shared/outcomes.js';
import { type FileArea, importFile } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';
import { readCsv } from '../people/files/read-csv.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import '../people/people.css';

type Result = ListImport | OutcomeImport;
type RowError = ListImportError | OutcomeImportError;

interface Chosen {
  name: string;
  csv: string;
}

const COUNTS = ['rows', 'added', 'entered', 'corrected', 'unchanged'] as const;

interface Props {
  area: FileArea;
  /** The first is the one a file must have. */
  columns: readonly string[];
}

/** A file is checked first; what it would do is shown, and only then it is applied: all of it or nothing. */
export function FileImport({ area, columns }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<Chosen>();
  const check = useMutation({ mutationFn: ({ csv }: Chosen) => importFile<Result>(area, csv, true) });
  const apply = useMutation({
    mutationFn: ({ csv }: Chosen) => importFile<Result>(area, csv, false),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const choose = async (blob: File) => {
    apply.reset();
    const chosen = { name: blob.name, csv: readCsv(await blob.arrayBuffer()) };
    setFile(chosen);
    check.mutate(chosen);
  };
  const applied = apply.data?.ok === true;
  const result = apply.data ?? check.data;
  const failure = apply.error ?? check.error;
  return (
    <div className="import" data-area={area}>
      <Upload
        accept=".csv,text/csv"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(blob) => {
          void choose(blob);
          return false;
        }}
      >
        <Button type={file ? 'default' : 'primary'} loading={check.isPending}>
          {t(file ? 'people.files.chooseAnother' : 'people.files.choose')}
        </Button>
      </Upload>
      {!file && (
        <p className="quiet">
          {t('outcomes.file.columns', { column: columns[0] })} <code className="wrap">{columns.join(', ')}</code>
        </p>
      )}
      {file && <h3>{file.name}</h3>}
      {failure && <ErrorView error={failure} />}
      {result && !result.ok && <Errors result={result} />}
      {result?.ok && !applied && file && (
        <>
          <Alert type="info" showIcon title={t('outcomes.file.checked', { count: result.rows })} />
          <Counts result={result} />
          <Button type="primary" loading={apply.isPending} onClick={() => apply.mutate(file)}>
            {t('outcomes.file.apply')}
          </Button>
        </>
      )}
      {result && applied && (
        <>
          <Alert type="success" showIcon role="status" title={t('outcomes.file.applied', { count: result.rows })} />
          <Counts result={result} />
        </>
      )}
    </div>
  );
}

/** What a file does, or did, in figures. */
function Counts({ result }: { result: Result }) {
  const { t } = useTranslation();
  const figures: Partial<Record<(typeof COUNTS)[number], number | null>> = { ...result };
  return (
    <dl className="tiles">
      {COUNTS.map((key) => {
        const value = figures[key];
        return value == null ? null : (
          <div key={key} className="tile" data-count={key}>
            <dt>{t(`outcomes.file.counts.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Every row that is wrong, with what to do; nothing was taken. */
function Errors({ result }: { result: Result }) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const errors: readonly RowError[] = result.errors;
  return (
    <>
      <Alert type="error" showIcon role="alert" title={t('outcomes.file.errors', { count: result.errorCount })} />
      <ScrollX label={t('people.files.errorList')}>
        <Table<RowError>
          rowKey={(error) => `${error.line}:${error.column}:${error.code}`}
          size="small"
          pagination={false}
          dataSource={[...errors]}
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
      {result.errorCount > errors.length && (
        <p className="quiet">{t('people.files.moreErrors', { count: result.errorCount - errors.length })}</p>
      )}
    </>
  );
}
