import { useTranslation } from 'react-i18next';
import { PageHead } from '../settings/page-head.js';
import { ActivitiesSection } from './activities-section.js';
import { LimitSection } from './limit-section.js';
import { ReasonsSection } from './reasons-section.js';
import { ThresholdsSection } from './thresholds-section.js';
import '../people/people.css';
import './presence.css';

/** What agent states mean here: activities of the phone system, reasons of a pause, when a state is long. */
export default function StatesPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('presence.settings.title')} lead={t('presence.settings.lead')} />
      <ActivitiesSection />
      <ReasonsSection />
      <ThresholdsSection />
      <LimitSection />
    </>
  );
}
