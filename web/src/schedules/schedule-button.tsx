import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ReportSource } from '../../../src/shared/reports.js';
import type { MadeSchedule } from '../../../src/shared/schedules.js';
import { useLanguage } from '../i18n/index.js';
import { useMay } from '../ui/use-session.js';
import { ScheduleEditor } from './schedule-editor.js';
import { SecretsDialog } from './secrets-dialog.js';
import { draftWith } from './templates.js';

/** Has what is looked at sent by itself; nothing for those who may make no exports. */
export function ScheduleButton({ source }: { source: ReportSource }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const may = useMay('exports:make');
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<MadeSchedule>();
  const leave = () => void navigate('/schedules');
  if (!may) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('schedules.schedule')}</Button>
      {open && (
        <ScheduleEditor
          draft={draftWith(source, language)}
          onClose={() => setOpen(false)}
          onDone={(answer) => (answer.secrets.length > 0 ? setMade(answer) : leave())}
        />
      )}
      {made && <SecretsDialog made={made} onClose={leave} />}
    </>
  );
}
