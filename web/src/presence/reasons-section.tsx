import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Input, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PauseReason } from '../../../src/shared/presence.js';
import { getPauseReasons, putPauseReasons } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useMay } from '../ui/use-session.js';
import { moved, newReasonKey } from './reasons-model.js';
import { SaveBar } from './save-bar.js';
import { useDraft } from './use-draft.js';

/** The whole list is saved at once: its order is the order of the menu. */
export function ReasonsSection() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings:write');
  const { stored, value, setDraft, bar } = useDraft(['pause-reasons'], getPauseReasons, putPauseReasons);
  const usable = (value ?? []).every(({ name }) => name.en.trim() !== '' && name.zh.trim() !== '');
  const change = (key: string, part: Partial<PauseReason>): void =>
    setDraft((value ?? []).map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <Section title={t('presence.reasons.title')} text={t('presence.reasons.text')}>
      {stored.isError && <ErrorView error={stored.error} onRetry={() => void stored.refetch()} />}
      {value?.length === 0 && <p>{t('presence.reasons.empty')}</p>}
      {value && value.length > 0 && (
        <ScrollX label={t('presence.reasons.title')}>
          <table className="states-table">
            <thead>
              <tr>
                <th scope="col">{t('presence.reasons.key')}</th>
                <th scope="col">English</th>
                <th scope="col">中文</th>
                <th scope="col">{t('presence.reasons.offered')}</th>
                <th scope="col">{t('presence.reasons.order')}</th>
              </tr>
            </thead>
            <tbody>
              {value.map((reason, i) => (
                <Row
                  key={reason.key}
                  reason={reason}
                  mayWrite={mayWrite}
                  first={i === 0}
                  last={i === value.length - 1}
                  onChange={(part) => change(reason.key, part)}
                  onMove={(by) => setDraft(moved(value, i, by))}
                />
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {mayWrite && value && (
        <AddReason
          onAdd={(name) => setDraft([...value, { key: newReasonKey(name.en, value), name, archived: false }])}
        />
      )}
      <SaveBar {...bar} usable={usable} />
    </Section>
  );
}

interface RowProps {
  reason: PauseReason;
  mayWrite: boolean;
  first: boolean;
  last: boolean;
  onChange: (part: Partial<PauseReason>) => void;
  onMove: (by: 1 | -1) => void;
}

function Row({ reason, mayWrite, first, last, onChange, onMove }: RowProps) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const { key, name, archived } = reason;
  const named = { name: localised(name) };
  const text = (language: 'en' | 'zh', label: string) => (
    <td>
      <Input
        value={name[language]}
        maxLength={40}
        disabled={!mayWrite}
        status={name[language].trim() === '' ? 'error' : ''}
        aria-label={`${key}: ${label}`}
        onChange={(event) => onChange({ name: { ...name, [language]: event.target.value } })}
      />
    </td>
  );
  return (
    <tr>
      <th scope="row">
        <code>{key}</code>
      </th>
      {text('en', 'English')}
      {text('zh', '中文')}
      <td>
        <Switch
          checked={!archived}
          disabled={!mayWrite}
          aria-label={t('presence.reasons.offeredOf', named)}
          onChange={(offered) => onChange({ archived: !offered })}
        />
      </td>
      <td className="states-table__order">
        <Button
          icon={<ArrowUpOutlined />}
          disabled={!mayWrite || first}
          aria-label={t('presence.reasons.up', named)}
          onClick={() => onMove(-1)}
        />
        <Button
          icon={<ArrowDownOutlined />}
          disabled={!mayWrite || last}
          aria-label={t('presence.reasons.down', named)}
          onClick={() => onMove(1)}
        />
      </td>
    </tr>
  );
}

function AddReason({ onAdd }: { onAdd: (name: PauseReason['name']) => void }) {
  const { t } = useTranslation();
  const [en, setEn] = useState('');
  const [zh, setZh] = useState('');
  const usable = en.trim() !== '' && zh.trim() !== '';
  const add = (): void => {
    if (!usable) return;
    onAdd({ en: en.trim(), zh: zh.trim() });
    setEn('');
    setZh('');
  };
  return (
    <div className="states-add">
      <Input
        value={en}
        maxLength={40}
        placeholder={t('presence.reasons.newEn')}
        aria-label={t('presence.reasons.newEn')}
        onChange={(event) => setEn(event.target.value)}
        onPressEnter={add}
      />
      <Input
        value={zh}
        maxLength={40}
        placeholder={t('presence.reasons.newZh')}
        aria-label={t('presence.reasons.newZh')}
        onChange={(event) => setZh(event.target.value)}
        onPressEnter={add}
      />
      <Button disabled={!usable} onClick={add}>
        {t('presence.reasons.add')}
      </Button>
    </div>
  );
}
