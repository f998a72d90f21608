import { Button, Modal, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RetentionDays, RetentionPreview } from '../../../src/shared/retention.js';
import { browserZone } from '../account/browser-zone.js';
import { formatCount, formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';

interface Props {
  shown: RetentionPreview | null;
  changed: Partial<RetentionDays>;
  usable: boolean;
  mayWrite: boolean;
  asking: boolean;
  saving: boolean;
  onAsk: () => void;
  onReset: () => void;
  onSave: () => void;
  onClose: () => void;
}

/** What the next run would remove, exactly, before anything is saved. */
export function PreviewDialog(props: Props) {
  const { shown, changed, usable, mayWrite, asking, saving, onAsk, onReset, onSave, onClose } = props;
  const { t } = useTranslation();
  const isChanged = Object.keys(changed).length > 0;
  return (
    <>
      <div className="retention-actions">
        <Button type={isChanged ? 'primary' : 'default'} loading={asking} disabled={!usable} onClick={onAsk}>
          {isChanged ? t('audit.retention.check') : t('audit.retention.preview')}
        </Button>
        {isChanged && <Button onClick={onReset}>{t('audit.retention.reset')}</Button>}
      </div>
      <Modal
        open={shown !== null}
        title={t('audit.retention.previewTitle')}
        width={640}
        onCancel={onClose}
        footer={[
          <Button key="close" onClick={onClose}>
            {t(isChanged ? 'audit.retention.back' : 'audit.retention.close')}
          </Button>,
          isChanged && mayWrite && (
            <Button key="save" type="primary" danger={removesAnything(shown)} loading={saving} onClick={onSave}>
              {t('audit.retention.save')}
            </Button>
          ),
        ]}
      >
        {shown && <Counts preview={shown} />}
        {isChanged && <p className="quiet">{t('audit.retention.nextRunApplies')}</p>}
      </Modal>
    </>
  );
}

function removesAnything(preview: RetentionPreview | null): boolean {
  return preview?.classes.some(({ remove }) => remove > 0) ?? false;
}

function Counts({ preview }: { preview: RetentionPreview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table<RetentionPreview['classes'][number]>
      rowKey="id"
      size="small"
      className="tabular audit-table"
      pagination={false}
      dataSource={preview.classes}
      columns={[
        {
          title: t('audit.retention.class'),
          render: (_, { id, before }) => (
            <>
              {t(`audit.retention.classes.${id}`)}
              <div className="quiet">
                {t('audit.retention.olderThan', { at: formatInstant(before, browserZone(), language) })}
              </div>
            </>
          ),
        },
        {
          title: t('audit.retention.goes'),
          align: 'right',
          render: (_, { remove, total }) =>
            t('audit.retention.ofTotal', {
              remove: formatCount(remove, language),
              total: formatCount(total, language),
            }),
        },
      ]}
    />
  );
}
