import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MergePreview } from '../../../../src/shared/organisation.js';
import { mergeAgent, previewMerge } from '../../api/index.js';
import { useLanguage } from '../../i18n/index.js';
import { ErrorView } from '../../ui/error-view.js';
import { AppliesTo } from '../ui/applies-to.js';
import { AgentChoice } from '../ui/choices.js';
import { useZone } from '../ui/data.js';
import { formatMoment } from '../ui/days.js';
import { FormDialog } from '../ui/form-dialog.js';

interface Props {
  agent: { id: number; name: string };
  onClose: () => void;
  /** Open the agent that stays afterwards. */
  open?: boolean;
}

/** Two entries for one person: shows what would move before it does. */
export function MergeDialog({ agent, onClose, open = false }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [into, setInto] = useState<number>();
  const preview = useQuery({
    queryKey: ['organisation', 'merge', agent.id, into],
    queryFn: () => previewMerge(agent.id, into ?? 0),
    enabled: into !== undefined,
  });
  return (
    <FormDialog<{ into: number }, { id: number }>
      title={t('people.merge.title', { name: agent.name })}
      save={t('people.merge.save')}
      danger
      submit={(values) => mergeAgent(agent.id, values.into)}
      onClose={onClose}
      onDone={({ id }) => open && void navigate(`/settings/agents/${id}`)}
    >
      <Form.Item name="into" label={t('people.merge.into')} rules={[{ required: true, message: t('people.required') }]}>
        <AgentChoice except={agent.id} onChange={setInto} />
      </Form.Item>
      {preview.isError && <ErrorView error={preview.error} />}
      {preview.data && <Preview preview={preview.data} />}
      <AppliesTo to="past and future" text={t('people.merge.applies')} />
    </FormDialog>
  );
}

function Preview({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const { from, into, calls, handled, firstCallAt, lastCallAt, addresses } = preview;
  return (
    <div className="preview">
      <p>{t('people.merge.moves', { from: from.name, into: into.name })}</p>
      <ul>
        <li>
          {t('people.callCount', { count: calls })}
          {firstCallAt && lastCallAt && (
            <span className="quiet">
              {' '}
              {formatMoment(firstCallAt, zone, language)} – {formatMoment(lastCallAt, zone, language)}
            </span>
          )}
        </li>
        {handled > 0 && <li>{t('people.merge.handled', { count: handled })}</li>}
        {addresses.length > 0 && (
          <li>
            {t('people.merge.addresses', { count: addresses.length })}{' '}
            <span className="quiet">{addresses.map(({ value }) => value).join(', ')}</span>
          </li>
        )}
        {preview.movesUser && <li>{t('people.merge.user')}</li>}
      </ul>
    </div>
  );
}
