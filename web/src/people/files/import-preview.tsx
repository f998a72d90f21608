import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PeopleImport } from '../../../../src/shared/organisation.js';
import { Mark, type Tone } from '../../ui/mark.js';
import { ScrollX } from '../../ui/scroll-x.js';

type Preview = PeopleImport['preview'][number];
const TONES: Record<Preview['action'], Tone> = { create: 'good', change: 'live', unchanged: 'plain' };

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
