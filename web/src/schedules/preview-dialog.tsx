import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Spin, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ScheduleInput, SchedulePreview } from '../../../src/shared/schedules.js';
import { previewSchedule } from '../api/index.js';
import { formatCount } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';

/** The file and the texts as they would go out now. Nothing is sent. */
export function PreviewDialog({ schedule, onClose }: { schedule: ScheduleInput; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const preview = useQuery({
    queryKey: ['schedules', 'preview', schedule],
    queryFn: () => previewSchedule(schedule),
    retry: false,
    gcTime: 0,
  });
  return (
    <Modal
      open
      title={t('schedules.previewTitle')}
      width={760}
      getContainer=".desk"
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('schedules.close')}</Button>}
    >
      <p className="quiet">{t('schedules.previewNote')}</p>
      {preview.isPending && <Spin aria-label={t('common.loading')} />}
      {preview.isError && <ErrorView error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && <Shown preview={preview.data} />}
    </Modal>
  );
}

function Shown({ preview: { file, texts } }: { preview: SchedulePreview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const size = formatCount(Math.ceil(file.bytes / 1_024), language);
  return (
    <>
      <p>
        <Button type="primary" onClick={() => download(file)}>
          {t('schedules.download')}
        </Button>{' '}
        <span className="wrap">{t('schedules.fileOf', { name: file.name, size })}</span>
      </p>
      {texts.length === 0 ? (
        <p className="quiet">{t('schedules.noTexts')}</p>
      ) : (
        <Tabs
          items={texts.map(({ kind, text }) => ({
            key: kind,
            label: t(`schedules.kinds.${kind}`),
            children: <pre className="schedule-text">{text}</pre>,
          }))}
        />
      )}
    </>
  );
}

function download({ name, mediaType, base64 }: SchedulePreview['file']): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
