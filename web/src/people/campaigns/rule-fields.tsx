import { Button, Form, InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';

const PRESETS = [30, 60, 90, 300];

/** Seconds, with the usual lengths one click away. */
function Threshold({ id, value, onChange }: { id?: string; value?: number; onChange?: (seconds: number) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="threshold">
      <InputNumber
        {...(id === undefined ? {} : { id })}
        min={0}
        max={7_200}
        precision={0}
        {...(value === undefined ? {} : { value })}
        onChange={(seconds) => seconds !== null && onChange?.(seconds)}
        suffix={t('people.campaigns.seconds')}
      />
      {PRESETS.map((seconds) => (
        <Button
          key={seconds}
          type={value === seconds ? 'primary' : 'default'}
          aria-pressed={value === seconds}
          onClick={() => onChange?.(seconds)}
        >
          {formatDuration(seconds, language)}
        </Button>
      ))}
    </div>
  );
}

/** The rules of a campaign that count from a moment on. */
export function RuleFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="effectiveSeconds"
        label={t('people.campaigns.threshold')}
        extra={t('people.campaigns.thresholdHelp')}
      >
        <Threshold />
      </Form.Item>
      <Form.Item
        name="assumeHuman"
        label={t('people.campaigns.assumeHuman')}
        extra={t('people.campaigns.assumeHumanHelp')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </>
  );
}
