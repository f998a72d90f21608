import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignNumberCreate, CampaignView } from '../../../../src/shared/organisation.js';
import { addCampaignNumber, dropCampaignNumber } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { useChange } from '../ui/data.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Section } from '../ui/section.js';
import { TakeBack } from '../ui/take-back.js';

/** Our own numbers by which a call is known to belong to this campaign. */
export function CallerNumbers({ campaign, mayWrite }: { campaign: CampaignView; mayWrite: boolean }) {
  const { t } = useTranslation();
  const change = useChange();
  const [adding, setAdding] = useState(false);
  const { callerNumbers } = campaign;
  return (
    <Section
      title={t('people.numbers.title')}
      text={t(callerNumbers.length === 0 ? 'people.numbers.empty' : 'people.numbers.text')}
      actions={mayWrite && <Button onClick={() => setAdding(true)}>{t('people.numbers.add')}</Button>}
    >
      <ul className="plain-list">
        {callerNumbers.map(({ id, number }) => (
          <li key={id}>
            <b className="tabular">{number}</b>
            {mayWrite && (
              <TakeBack
                label={t('people.remove')}
                of={number}
                ask={t('people.numbers.ask')}
                onConfirm={() => change(() => dropCampaignNumber(campaign.id, id))}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <FormDialog<CampaignNumberCreate, CampaignView>
          title={t('people.numbers.add')}
          save={t('people.numbers.add')}
          submit={({ number, move = false }) =>
            addCampaignNumber(campaign.id, { number: number.trim(), ...(move ? { move } : {}) })
          }
          onClose={() => setAdding(false)}
        >
          <Form.Item
            name="number"
            label={t('people.numbers.number')}
            extra={t('people.numbers.help')}
            rules={[{ required: true, whitespace: true, message: t('people.required') }]}
          >
            <Input type="tel" maxLength={40} autoFocus autoComplete="off" />
          </Form.Item>
          <Form.Item name="move" valuePropName="checked">
            <Checkbox>{t('people.numbers.move')}</Checkbox>
          </Form.Item>
          <AppliesTo to="past and future" text={t('people.numbers.applies')} />
        </FormDialog>
      )}
    </Section>
  );
}
