import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CALLBACK_WINDOW_MAX_MINUTES,
  type OrganisationView,
  OUTCOME_WINDOW_MAX_MINUTES,
} from '../../../../src/shared/organisation.js';
import { patchOrganisation } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Section } from '../ui/section.js';
import { WindowField } from './window-field.js';
import { windowTimeOf } from './window-time.js';

interface Props {
  organisation: OrganisationView;
  mayWrite: boolean;
}

/** How far outcomes and callbacks look for calls. */
export function WindowsCard({ organisation, mayWrite }: Props) {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const [editing, setEditing] = useState(false);
  return (
    <Section
      title={t('people.organisation.windows')}
      text={t('people.organisation.windowsText')}
      actions={mayWrite && <Button onClick={() => setEditing(true)}>{t('people.edit')}</Button>}
    >
      <dl className="facts">
        <div>
          <dt>{t('people.organisation.outcomeWindow')}</dt>
          <dd>
            {timeText(organisation.outcomeWindowMinutes)}
            <div className="quiet">{t('people.organisation.outcomeWindowHelp')}</div>
          </dd>
        </div>
        <div>
          <dt>{t('people.organisation.callbackWindow')}</dt>
          <dd>
            {t('people.organisation.callbackWindowValue', { time: timeText(organisation.callbackWindowMinutes) })}
            <div className="quiet">{t('people.organisation.callbackWindowHelp')}</div>
          </dd>
        </div>
      </dl>
      {editing && <EditWindows organisation={organisation} onClose={() => setEditing(false)} />}
    </Section>
  );
}

type Values = Pick<OrganisationView, 'outcomeWindowMinutes' | 'callbackWindowMinutes'>;

function EditWindows({ organisation, onClose }: { organisation: OrganisationView; onClose: () => void }) {
  const { t } = useTranslation();
  const { outcomeWindowMinutes, callbackWindowMinutes } = organisation;
  return (
    <FormDialog<Values, OrganisationView>
      title={t('people.organisation.windows')}
      save={t('people.save')}
      initial={{ outcomeWindowMinutes, callbackWindowMinutes }}
      submit={patchOrganisation}
      onClose={onClose}
    >
      <WindowItem name="outcomeWindow" most={OUTCOME_WINDOW_MAX_MINUTES} />
      <WindowItem name="callbackWindow" most={CALLBACK_WINDOW_MAX_MINUTES} />
      <AppliesTo to="past and future" text={t('people.organisation.windowsApply')} />
    </FormDialog>
  );
}

function WindowItem({ name, most }: { name: 'outcomeWindow' | 'callbackWindow'; most: number }) {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const label = t(`people.organisation.${name}`);
  const message = t('people.organisation.windowRange', { most: timeText(most) });
  return (
    <Form.Item
      name={`${name}Minutes`}
      label={label}
      extra={t(`people.organisation.${name}Help`)}
      rules={[{ required: true, type: 'integer', min: 1, max: most, message }]}
    >
      <WindowField label={label} />
    </Form.Item>
  );
}

function useTimeText(): (minutes: number) => string {
  const { t } = useTranslation();
  return (minutes) => {
    const { amount, unit } = windowTimeOf(minutes);
    return t(`people.organisation.windowTimes.${unit}`, { count: amount });
  };
}
