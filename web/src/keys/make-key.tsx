import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Permission } from '../../../src/shared/access.js';
import { KEY_NAME_MAX, KEY_RATE_DEFAULT, KEY_RATE_MAX, KEY_SCOPES, type MadeKey } from '../../../src/shared/keys.js';
import { makeKey } from '../api/index.js';
import { browserNow } from '../live/clock.js';
import { FormDialog } from '../people/ui/form-dialog.js';
import { useSession } from '../ui/use-session.js';
import { scopeName } from './scope-name.js';

const DAY_MS = 86_400_000;
/** Days until it ends; 0 = never. */
const LIVES = [30, 90, 365, 0] as const;

interface Values {
  name: string;
  scopes: Permission[];
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
      initial={{ scopes: ['kpis:read', 'calls:read'], days: 90, ratePerMinute: KEY_RATE_DEFAULT }}
      submit={async ({ name, scopes, days, ratePerMinute }) => ({
        result: await makeKey({
          name: name.trim(),
          scopes,
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
      <Form.Item
        name="scopes"
        label={t('keys.may')}
        extra={t('keys.mayHelp')}
        rules={[{ required: true, type: 'array', min: 1, message: t('keys.mayMissing') }]}
      >
        <Scopes />
      </Form.Item>
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

/** Only what the person themself may do: a key is never given more. */
function Scopes({ value = [], onChange }: { value?: Permission[]; onChange?: (scopes: Permission[]) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const own = KEY_SCOPES.filter((scope) => session.data?.user.permissions.includes(scope));
  const reading = own.filter((scope) => scope.endsWith(':read'));
  return (
    <>
      <Button size="small" onClick={() => onChange?.(reading)}>
        {t('keys.allReading')}
      </Button>
      <Checkbox.Group<Permission>
        className="key-choice"
        value={value}
        onChange={(scopes) => onChange?.(scopes)}
        options={own.map((scope) => ({
          value: scope,
          label: <span title={scope}>{t(scopeName(scope))}</span>,
        }))}
      />
    </>
  );
}
