import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Localised } from '../../../../src/shared/api.js';
import { useLocalised } from '../../i18n/index.js';
import { ScrollX } from '../scroll-x.js';

export interface WrongRow {
  /** Of the file, 1 = the header. */
  line: number;
  column: string | null;
  code: string;
  message: Localised;
  fix?: Localised;
}

interface Props {
  title: string;
  errors: readonly WrongRow[];
  /** Also of those that are not listed. */
  errorCount: number;
}

/** Every row that is wrong, with what to do; nothing was taken. */
export function ImportErrors({ title, errors, errorCount }: Props) {
  const { t } = useTranslation();
  const localised = useLocalised();
  return (
    <>
      <Alert type="error" showIcon role="alert" title={title} />
      <ScrollX label={t('people.files.errorList')}>
        <Table<WrongRow>
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
      {errorCount > errors.length && (
        <p className="quiet">{t('people.files.moreErrors', { count: errorCount - errors.length })}</p>
      )}
    </>
  );
}
