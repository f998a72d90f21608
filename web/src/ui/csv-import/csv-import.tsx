import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../error-view.js';
import { ImportErrors, type WrongRow } from './import-errors.js';
import { readCsv } from './read-csv.js';
import './csv-import.css';

export interface CheckedFile {
  ok: boolean;
  rows: number;
  errors: readonly WrongRow[];
  errorCount: number;
}

interface Chosen {
  name: string;
  csv: string;
}

interface Props<Result> {
  area?: string;
  send: (csv: string, checkOnly: boolean) => Promise<Result>;
  /** What a file has to hold. */
  intro: ReactNode;
  words: {
    errors: (count: number) => string;
    checked: (rows: number) => string;
    apply: string;
    applied: (rows: number) => string;
  };
  /** What it does, or did, in figures. */
  totals: (result: Result) => ReactNode;
  /** What it would do, beside the figures. */
  preview?: (result: Result) => ReactNode;
}

/** A file is checked first; what it would do is shown, and only then it is applied: all of it or nothing. */
export function CsvImport<Result extends CheckedFile>({ area, send, intro, words, totals, preview }: Props<Result>) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<Chosen>();
  const check = useMutation({ mutationFn: ({ csv }: Chosen) => send(csv, true) });
  const apply = useMutation({
    mutationFn: ({ csv }: Chosen) => send(csv, false),
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
      {!file && <p className="quiet">{intro}</p>}
      {file && <h3>{file.name}</h3>}
      {failure && <ErrorView error={failure} />}
      {result && !result.ok && <ImportErrors {...result} title={words.errors(result.errorCount)} />}
      {result?.ok && !applied && file && (
        <>
          <Alert type="info" showIcon title={words.checked(result.rows)} />
          {totals(result)}
          {preview?.(result)}
          <Button type="primary" loading={apply.isPending} onClick={() => apply.mutate(file)}>
            {words.apply}
          </Button>
        </>
      )}
      {result && applied && (
        <>
          <Alert type="success" showIcon role="status" title={words.applied(result.rows)} />
          {totals(result)}
        </>
      )}
    </div>
  );
}
