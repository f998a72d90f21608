import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ExportSource } from '../../../src/shared/exports.js';
import { askExport } from '../api/index.js';
import { useLanguage } from '../i18n/index.js';
import { useMay } from '../ui/use-session.js';
import { type Choice, FullNumbersDialog } from './full-numbers-dialog.js';
import { useSayError } from './use-download.js';
import { awaited, EXPORTS_KEY } from './use-exports.js';

const CHOICES: readonly Choice[] = [
  { key: 'xlsx', format: 'xlsx', byteOrderMark: false },
  { key: 'csvBom', format: 'csv', byteOrderMark: true },
  { key: 'csv', format: 'csv', byteOrderMark: false },
  { key: 'pdf', format: 'pdf', byteOrderMark: false },
];

interface Props {
  source: ExportSource;
  disabled?: boolean;
}

/** Asks for a file of what a page shows; it is made in the background. Nothing for those who may not. */
export function ExportButton({ source, disabled = false }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const sayError = useSayError();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const [wantsFull, setWantsFull] = useState(false);
  const seesNumbers = useMay('numbers:reveal');
  if (!useMay('exports:make')) return null;
  const isList = source.kind === 'calls' || source.kind === 'outcomes';
  const ask = async ({ format, byteOrderMark }: Choice, numbers: 'masked' | 'full' = 'masked') => {
    setAsking(true);
    try {
      const { id } = await askExport({ source, format, language, byteOrderMark, numbers });
      // A short one is ready before the list is looked at again.
      awaited.add(id);
      void message.success(t('exports.started'), 5);
    } catch (error) {
      sayError(error);
    }
    setAsking(false);
    await queryClient.invalidateQueries({ queryKey: EXPORTS_KEY });
  };
  const choices = CHOICES.filter(({ format }) => !isList || format !== 'pdf');
  const full = { key: 'full', label: t('exports.withFullNumbers'), onClick: () => setWantsFull(true) };
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={disabled}
        getPopupContainer={() => document.querySelector<HTMLElement>('.desk') ?? document.body}
        menu={{
          items: [
            ...choices.map((choice) => ({
              key: choice.key,
              label: t(`exports.formats.${choice.key}`),
              onClick: () => void ask(choice),
            })),
            { type: 'divider' as const, key: 'before-all' },
            ...(isList && seesNumbers ? [full] : []),
            { key: 'all', label: t('exports.open'), onClick: () => void navigate('/exports') },
          ],
        }}
      >
        <Button className="no-print" loading={asking} disabled={disabled}>
          {t('exports.button')} <span aria-hidden="true">▾</span>
        </Button>
      </Dropdown>
      {wantsFull && (
        <FullNumbersDialog
          choices={choices}
          onAsk={(choice) => {
            setWantsFull(false);
            void ask(choice, 'full');
          }}
          onClose={() => setWantsFull(false)}
        />
      )}
    </>
  );
}
