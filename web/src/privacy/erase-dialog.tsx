import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ERASE_REASONS,
  type EraseReason,
  type ErasurePreview,
  type ErasureResult,
} from '../../../src/shared/privacy.js';
import { type ErasedKind, erase, previewErasure } from '../api/index.js';
import { formatCount } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';

interface DialogProps {
  title: string;
  /** What has to be typed to confirm, and how that is asked for. */
  confirm: { text: string; label: string };
  run: (reason: EraseReason) => Promise<ErasureResult>;
  onClose: () => void;
  onErased: (result: ErasureResult) => void;
  children: ReactNode;
}

/** Cannot be undone: says what goes and what stays, asks why, and has the id typed. */
export function EraseDialog({ title, confirm, run, onClose, onErased, children }: DialogProps) {
  useFocusBack();
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: EraseReason; typed: string }>();
  const typed = Form.useWatch('typed', form) ?? '';
  const erasure = useMutation({ mutationFn: run, onSuccess: onErased });
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      mask={{ closable: !erasure.isPending }}
      footer={
        <>
          <Button onClick={onClose} disabled={erasure.isPending}>
            {t('privacy.cancel')}
          </Button>
          <Button
            danger
            type="primary"
            loading={erasure.isPending}
            disabled={typed.trim() !== confirm.text}
            onClick={() => form.submit()}
          >
            {t('privacy.erase.confirm')}
          </Button>
        </>
      }
    >
      {children}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => erasure.mutate(reason)}>
        <Form.Item
          name="reason"
          label={t('privacy.erase.why')}
          rules={[{ required: true, message: t('privacy.reasonMissing') }]}
        >
          <Select
            placeholder={t('privacy.choose')}
            options={ERASE_REASONS.map((value) => ({ value, label: t(`privacy.eraseReasons.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="typed" label={confirm.label}>
          <Input autoComplete="off" />
        </Form.Item>
        {erasure.isError && <ErrorView error={erasure.error} />}
      </Form>
    </Modal>
  );
}

interface PersonProps {
  kind: ErasedKind;
  id: string;
  onClose: () => void;
  onErased: (result: ErasureResult) => void;
}

export function ErasePersonDialog({ kind, id, onClose, onErased }: PersonProps) {
  const { t } = useTranslation();
  const preview = useQuery({ queryKey: ['erasure', kind, id], queryFn: () => previewErasure(kind, id) });
  return (
    <EraseDialog
      title={t(kind === 'customer' ? 'privacy.erase.customerTitle' : 'privacy.erase.agentTitle')}
      confirm={{ text: id, label: t('privacy.erase.type', { id }) }}
      run={(reason) => erase(kind, id, reason)}
      onClose={onClose}
      onErased={onErased}
    >
      {preview.isError && <ErrorView error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && <Preview preview={preview.data} />}
    </EraseDialog>
  );
}

function Preview({ preview: { kind, label, goes, stays } }: { preview: ErasurePreview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number) => formatCount(value, language);
  return (
    <div className="erasure">
      <p>
        <b>{label}</b>
      </p>
      <h3>{t('privacy.erase.goes')}</h3>
      <ul>
        <li>
          {kind === 'customer'
            ? t('privacy.erase.number')
            : t('privacy.erase.name', { count: goes.identifiers, shown: count(goes.identifiers) })}
        </li>
        <li>{t('privacy.erase.bodies', { count: goes.bodies, shown: count(goes.bodies) })}</li>
        {goes.accounts > 0 && (
          <li>{t('privacy.erase.accounts', { count: goes.accounts, shown: count(goes.accounts) })}</li>
        )}
      </ul>
      <h3>{t('privacy.erase.stays')}</h3>
      <ul>
        <li>{t('privacy.erase.calls', { count: stays.calls, shown: count(stays.calls) })}</li>
        <li>{t('privacy.erase.totals')}</li>
      </ul>
      <p className="quiet">{t(kind === 'customer' ? 'privacy.erase.customerLater' : 'privacy.erase.agentLater')}</p>
    </div>
  );
}
