import { App, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportView } from '../../../src/shared/exports.js';
import { formatCount } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { useMay } from '../ui/use-session.js';
import { fileSize } from './file-size.js';
import { useSourceText } from './source-text.js';
import { useDownload } from './use-download.js';
import { awaited, isOpen, useExports } from './use-exports.js';

const SHOWN_SECONDS = 20;

/** On every page of the desk: says when an export is ready, or has failed, wherever one is by then. */
export function ExportNotices() {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const { notification } = App.useApp();
  const download = useDownload();
  const sourceText = useSourceText();
  const mine = useExports('own', useMay('exports:make')).data?.exports;
  useEffect(() => {
    for (const one of mine ?? []) {
      if (isOpen(one)) {
        awaited.add(one.id);
        continue;
      }
      if (!awaited.delete(one.id)) continue;
      if (one.state === 'done') {
        notification.success({
          key: one.id,
          title: t('exports.ready', { what: sourceText(one.source) }),
          description: [
            t('exports.rowsOf', { count: one.rows, rows: formatCount(one.rows, language) }),
            fileSize(one.bytes ?? 0, language),
            ...restartText(one, t),
          ].join(' · '),
          actions: (
            <Button
              type="primary"
              size="small"
              onClick={() => {
                notification.destroy(one.id);
                void download(one.id);
              }}
            >
              {t('exports.download')}
            </Button>
          ),
          duration: SHOWN_SECONDS,
          placement: 'bottomRight',
        });
      }
      if (one.state === 'failed') {
        notification.error({
          key: one.id,
          title: t('exports.failed', { what: sourceText(one.source) }),
          description: one.error === null ? null : localised(one.error.message),
          duration: 0,
          placement: 'bottomRight',
        });
      }
    }
  }, [mine, notification, download, sourceText, localised, language, t]);
  return null;
}

type Translate = ReturnType<typeof useTranslation>['t'];

/** A process that ended half-way: the export began again, and the person is told. */
export function restartText({ restarts }: Pick<ExportView, 'restarts'>, t: Translate): string[] {
  return restarts === 0 ? [] : [t('exports.restarted', { count: restarts })];
}
