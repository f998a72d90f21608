import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../ui/use-session.js';
import { ErasePersonDialog } from './erase-dialog.js';
import './privacy.css';

/** On an agent's page, for those who may: erases the agent as a person. Nothing for others, and once it is done. */
export function EraseAgent({ agentId, erased }: { agentId: number; erased: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const may = useMay('privacy:manage');
  const [open, setOpen] = useState(false);
  if (!may || erased) return null;
  return (
    <section className="card danger">
      <h2>{t('privacy.erase.agentTitle')}</h2>
      <p className="quiet">{t('privacy.erase.agentText')}</p>
      <Button danger onClick={() => setOpen(true)}>
        {t('privacy.erase.open')}
      </Button>
      {open && (
        <ErasePersonDialog
          kind="agent"
          id={String(agentId)}
          onClose={() => setOpen(false)}
          onErased={() => {
            setOpen(false);
            void message.success(t('privacy.erase.done'));
            void queries.invalidateQueries();
          }}
        />
      )}
    </section>
  );
}
