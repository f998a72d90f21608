import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { KEY_NAME_MAX, KEY_RATE_DEFAULT, KEY_RATE_MAX, type MadeKey } from '../../../src/shared/keys.js';
import { makeKey } from '../api/index.js';
import { browserNow } from '../live/clock.js';
import { FormDialog } from '../people/ui/form-dialog.js';
import { fitting, May, type RightsOfKey, Sight } from './key-rights.js';

const DAY_MS = 86_400_000;
/** Days until it ends; 0 = never. */
const LIVES = [30, 90, 365, 0] as const;

interface Values extends RightsOfKey {
  name: string;
  days: number;
  ratePerMinute: number;
}

export function MakeKey({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeKey) => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<Values, MadeKey>
      title={t('keys.make')}
      save={t('keys.makeIt')}
      width={680}
      initial={{ sees: 'all', scopes: ['kpis:read', 'calls:read'], days: 90, ratePerMinute: KEY_RATE_DEFAULT }}
      submit={async ({ name, sees, teams = [], scopes, days, ratePerMinute }) => ({
        result: await makeKey({
          name: name.trim(),
          scopes: fitting(scopes, sees === 'teams'),
          teams: sees === 'teams' ? teams : null,
          ratePerMinute,
          expiresAt: days === 0 ? null : new Date(browserNow() + days * DAY_MS).toISOString(),
        }),
      })}
      onClose={onClose}
      onDone={onMade}
    >
      <Form.Item
        name="name"
        label={t('keys.name')}
        extra={t('keys.nameHelp')}
        rules={[{ required: true, whitespace: true, message: t('keys.nameMissing') }]}
      >
        <Input maxLength={KEY_NAME_MAX} autoFocus autoComplete="off" />
      </Form.Item>
      <Sight />
      <May />
      <div className="side-by-side">
        <Form.Item name="days" label={t('keys.ends')}>
          <Select<number>
            options={LIVES.map((days) => ({
              value: days,
              label: days === 0 ? t('keys.noEnd') : t('keys.inDays', { count: days }),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="ratePerMinute"
          label={t('keys.rate')}
          rules={[{ required: true, message: t('keys.rateMissing') }]}
        >
          <InputNumber min={1} max={KEY_RATE_MAX} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
