import { useTranslation } from 'react-i18next';
import { exportPeople, peopleTemplate } from '../../api/index.js';
import { PageHead } from '../../settings/page-head.js';
import { useMay } from '../../ui/use-session.js';
import { Section } from '../ui/section.js';
import { DownloadButton } from './download-button.js';
import { ImportPeople } from './import-people.js';
import '../people.css';

/** People as a file: out to a spreadsheet, and back in. */
export default function Files() {
  const { t } = useTranslation();
  const mayWrite = useMay('people:write');
  return (
    <>
      <PageHead title={t('people.files.title')} lead={t('people.files.lead')} />
      <Section title={t('people.files.export')} text={t('people.files.exportText')}>
        <DownloadButton label={t('people.files.download')} name="tallyboard-people.csv" read={exportPeople} />
      </Section>
      {mayWrite && (
        <Section
          title={t('people.files.import')}
          text={t('people.files.importText')}
          actions={
            <DownloadButton
              label={t('people.files.template')}
              name="tallyboard-people-template.csv"
              read={peopleTemplate}
            />
          }
        >
          <ImportPeople />
        </Section>
      )}
    </>
  );
}
