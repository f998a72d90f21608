import { Checkbox, Modal, Radio, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../src/shared/exports.js';
import './exports.css';
import { useFocusBack } from '../ui/use-focus-back.js';

/** What a file is written as. */
export interface Choice {
  key: 'csv' | 'csvBom' | 'xlsx' | 'pdf';
  format: ExportFormat;
  byteOrderMark: boolean;
}

interface Props {
  choices: readonly Choice[];
  onAsk: (choice: Choice) => void;
  onClose: () => void;
}

/** A list with whole phone numbers leaves the system only after somebody was told what that means. */
export function FullNumbersDialog({ choices, onAsk, onClose }: Props) {
  useFocusBack();
  const { t } = useTranslation();
  const [key, setKey] = useState(choices[0]?.key);
  const [isSure, setSure] = useState(false);
  const chosen = choices.find((one) => one.key === key);
  return (
    <Modal
      open
      title={t('exports.full.title')}
      getContainer=".desk"
      okText={t('exports.full.export')}
      cancelText={t('exports.full.cancel')}
      okButtonProps={{ disabled: !isSure || chosen === undefined }}
      onOk={() => chosen !== undefined && onAsk(chosen)}
      onCancel={onClose}
    >
      <p>{t('exports.full.text')}</p>
      <Radio.Group value={key} onChange={({ target }) => setKey(target.value as Choice['key'])}>
        <Space orientation="vertical">
          {choices.map((one) => (
            <Radio key={one.key} value={one.key}>
              {t(`exports.formats.${one.key}`)}
            </Radio>
          ))}
        </Space>
      </Radio.Group>
      <p className="exports__sure">
        <Checkbox checked={isSure} onChange={({ target }) => setSure(target.checked)}>
          {t('exports.full.sure')}
        </Checkbox>
      </p>
    </Modal>
  );
}
