import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { OWNER_COLUMNS, type OwnerCount } from '../../../src/shared/customer-lists.js';
import { OUTCOME_FILE_COLUMNS } from '../../../src/shared/outcomes.js';
import { fileTemplate, getOwners } from '../api/index.js';
import { formatCount } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { DownloadButton } from '../people/files/download-button.js';
import { Section } from '../people/ui/section.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useMay } from '../ui/use-session.js';
import { FileImport } from './file-import.js';
import '../people/people.css';
import './outcomes.css';

/** Outcomes and owners of customers from files. */
export default function OutcomeFiles() {
  const { t } = useTranslation();
  const mayWriteOutcomes = useMay('outcomes:write');
  const mayWriteOwners = useMay('people:write');
  return (
    <>
      <PageHead title={t('outcomes.files.title')} lead={t('outcomes.files.lead')} />
      {mayWriteOutcomes && (
        <Section
          title={t('outcomes.files.outcomes')}
          text={t('outcomes.files.outcomesText')}
          actions={
            <DownloadButton
              label={t('people.files.template')}
              name="outcomes-template.csv"
              read={() => fileTemplate('outcomes')}
            />
          }
        >
          <FileImport area="outcomes" columns={OUTCOME_FILE_COLUMNS} />
        </Section>
      )}
      <Section
        title={t('outcomes.files.owners')}
        text={t('outcomes.files.ownersText')}
        actions={
          mayWriteOwners && (
            <DownloadButton
              label={t('people.files.template')}
              name="owners-template.csv"
              read={() => fileTemplate('owners')}
            />
          )
        }
      >
        <Owners />
        {mayWriteOwners && <FileImport area="owners" columns={OWNER_COLUMNS} />}
      </Section>
    </>
  );
}

/** How many customers each agent looks after now. */
function Owners() {
  const { t } = useTranslation();
  const language = useLanguage();
  const owners = useQuery({ queryKey: ['outcomes', 'owners'], queryFn: getOwners });
  if (owners.isError) return <ErrorView error={owners.error} onRetry={() => void owners.refetch()} />;
  if (!owners.data) return null;
  if (owners.data.length === 0) return <p className="quiet">{t('outcomes.files.noOwners')}</p>;
  return (
    <div className="outcomes__table">
      <ScrollX label={t('outcomes.files.owners')}>
        <Table<OwnerCount>
          rowKey={({ agent }) => agent.id}
          size="small"
          className="tabular"
          pagination={owners.data.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
          dataSource={owners.data}
          columns={[
            { title: t('calls.agent'), render: (_, { agent }) => agent.name },
            {
              title: t('outcomes.files.customers'),
              align: 'right',
              render: (_, { customers }) => formatCount(customers, language),
            },
          ]}
        />
      </ScrollX>
    </div>
  );
}
