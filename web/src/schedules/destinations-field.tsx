import { App, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DESTINATION_KINDS,
  type DestinationInput,
  type DestinationKind,
  type DestinationView,
  MAIL_RECIPIENTS_MAX,
  SCHEDULE_DESTINATIONS_MAX,
} from '../../../src/shared/schedules.js';
import { testDestination } from '../api/index.js';
import { useErrorText } from '../ui/use-error-words.js';

interface Props {
  value?: DestinationInput[];
  onChange?: (destinations: DestinationInput[]) => void;
  /** Those that are kept already. */
  kept: readonly DestinationView[];
  schedule?: number;
  language: 'en' | 'zh';
  /** Whether a mail server is set up. */
  mail: boolean;
  /** Whether messages of the pack link to it at all. */
  links: boolean;
}

const MAKES_SIGNATURES: readonly DestinationKind[] = ['dingtalk', 'feishu'];
/** They hold the file; a link beside it is a choice. */
const CARRIES_FILE: readonly DestinationKind[] = ['mail', 'webhook'];

/** Where a pack goes. What is kept of an address or a secret is never shown again; it can be replaced. */
export function DestinationsField({ value = [], onChange, kept, schedule, language, mail, links }: Props) {
  const { t } = useTranslation();
  const replace = (at: number, one: DestinationInput) =>
    onChange?.(value.map((old, index) => (index === at ? one : old)));
  return (
    <div className="schedule-list">
      {value.map((destination, at) => (
        <One
          key={destination.id ?? `new-${at}`}
          value={destination}
          kept={kept.find(({ id }) => id === destination.id)}
          schedule={schedule}
          language={language}
          mail={mail}
          links={links}
          onChange={(next) => replace(at, next)}
          onRemove={() => onChange?.(value.filter((_, index) => index !== at))}
        />
      ))}
      {value.length < SCHEDULE_DESTINATIONS_MAX && (
        <Select<DestinationKind>
          aria-label={t('schedules.addDestination')}
          placeholder={t('schedules.addDestination')}
          value={null as unknown as DestinationKind}
          onChange={(kind) => onChange?.([...value, kind === 'mail' ? { kind, to: [] } : { kind, url: '' }])}
          options={DESTINATION_KINDS.map((kind) => ({ value: kind, label: t(`schedules.kinds.${kind}`) }))}
        />
      )}
    </div>
  );
}

interface OneProps {
  value: DestinationInput;
  kept: DestinationView | undefined;
  schedule: number | undefined;
  language: 'en' | 'zh';
  mail: boolean;
  links: boolean;
  onChange: (value: DestinationInput) => void;
  onRemove: () => void;
}

function One({ value, kept, schedule, language, mail, links, onChange, onRemove }: OneProps) {
  const { t } = useTranslation();
  const { kind } = value;
  const name = t(`schedules.kinds.${kind}`);
  return (
    <fieldset className="schedule-destination">
      <legend>{name}</legend>
      {kind === 'mail' ? (
        <>
          <Select<string[]>
            mode="tags"
            aria-label={t('schedules.recipients')}
            placeholder={t('schedules.recipients')}
            open={false}
            suffixIcon={null}
            tokenSeparators={[',', ';', ' ', '，', '；']}
            maxCount={MAIL_RECIPIENTS_MAX}
            value={value.to ?? []}
            onChange={(to) => onChange({ ...value, to })}
          />
          {!mail && <p className="schedule-warning">{t('schedules.noMail')}</p>}
        </>
      ) : (
        <Input
          aria-label={t('schedules.address')}
          placeholder={kept ? t('schedules.keptAddress', { host: kept.host ?? '' }) : t(`schedules.addresses.${kind}`)}
          value={value.url ?? ''}
          onChange={({ target }) => onChange(withText(value, 'url', target.value, kept !== undefined))}
        />
      )}
      {MAKES_SIGNATURES.includes(kind) && (
        <Input.Password
          aria-label={t('schedules.secret')}
          placeholder={kept?.signed ? t('schedules.keptSecret') : t('schedules.secret')}
          autoComplete="off"
          value={value.secret ?? ''}
          onChange={({ target }) => onChange(withText(value, 'secret', target.value, true))}
        />
      )}
      {kind === 'webhook' && <p className="quiet">{t('schedules.webhookNote')}</p>}
      {links && CARRIES_FILE.includes(kind) && (
        <Checkbox checked={value.link ?? false} onChange={({ target }) => onChange({ ...value, link: target.checked })}>
          {t('schedules.alsoLink')}
        </Checkbox>
      )}
      {kind === 'wecom' && (
        <Checkbox checked={value.file ?? false} onChange={({ target }) => onChange({ ...value, file: target.checked })}>
          {t('schedules.alsoFile')}
        </Checkbox>
      )}
      <div className="schedule-row">
        <TestButton value={value} schedule={schedule} language={language} />
        <Button aria-label={`${t('schedules.remove')}: ${name}`} onClick={onRemove}>
          {t('schedules.remove')}
        </Button>
      </div>
    </fieldset>
  );
}

/** Nothing typed: what is kept stays. */
function withText(value: DestinationInput, field: 'url' | 'secret', text: string, canStay: boolean): DestinationInput {
  const { [field]: _, ...rest } = value;
  return text === '' && canStay ? rest : { ...rest, [field]: text };
}

function TestButton({ value, schedule, language }: Pick<OneProps, 'value' | 'schedule' | 'language'>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    try {
      await testDestination({ destination: value, language, ...(schedule === undefined ? {} : { schedule }) });
      void message.success(t('schedules.tested'));
    } catch (error) {
      void message.error(errorText(error), 8);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} onClick={() => void test()}>
      {t('schedules.test')}
    </Button>
  );
}
