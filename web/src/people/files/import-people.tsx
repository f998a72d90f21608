import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PEOPLE_COLUMNS } from '../../../../src/shared/organisation.js';
import { importPeople } from '../../api/index.js';
import { ErrorView } from '../../ui/error-view.js';
import { AppliesTo } from '../ui/applies-to.js';
import { ImportErrors, ImportPreview, Totals } from './import-result.js';
import { readCsv } from './read-csv.js';

interface Chosen {
  name: string;
  csv: string;
}

/** A file is checked first; what it would do is shown, and only then it is applied: all of it or nothing. */
export function ImportPeople() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<Chosen>();
  const check = useMutation({ mutationFn: ({ csv }: Chosen) => importPeople(csv, true) });
  const apply = useMutation({
    mutationFn: ({ csv }: Chosen) => importPeople(csv, false),
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
    <div className="import">
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
          {t('people.files.columns')} <code className="wrap">{PEOPLE_COLUMNS.join(', ')}</code>
        </p>
      )}
      {file && <h3>{file.name}</h3>}
      {failure && <ErrorView error={failure} />}
      {result && !result.ok && <ImportErrors result={result} />}
      {result?.ok && !applied && file && (
        <>
          <Alert type="info" showIcon title={t('people.files.checked', { count: result.rows })} />
          <Totals result={result} />
          <ImportPreview result={result} />
          <AppliesTo to="past and future" text={t('people.files.applies')} />
          <Button type="primary" loading={apply.isPending} onClick={() => apply.mutate(file)}>
            {t('people.files.apply')}
          </Button>
        </>
      )}
      {result && applied && (
        <>
          <Alert type="success" showIcon role="status" title={t('people.files.applied', { count: result.rows })} />
          <Totals result={result} />
        </>
      )}
    </div>
  );
}
