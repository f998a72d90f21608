import { useMutation } from '@tanstack/react-query';
import { Button, Form, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REVEAL_REASONS, type RevealReason } from '../../../src/shared/privacy.js';
import { revealNumber } from '../api/index.js';
import { CopyField } from '../ui/copy-field.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { useMay } from '../ui/use-session.js';

/** A screen is left alone sooner or later: the number is masked again by itself. */
const SHOWN_MS = 60_000;

/** For people who may see full numbers: asks why, shows it, and forgets it again. */
export function RevealNumber({ customerId, large = false }: { customerId: string; large?: boolean }) {
  const { t } = useTranslation();
  const may = useMay('numbers:reveal');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button size={large ? 'middle' : 'small'} onClick={() => setOpen(true)}>
        {t('privacy.reveal.show')}
      </Button>
      {open && <RevealDialog customerId={customerId} onClose={() => setOpen(false)} />}
    </>
  );
}

function RevealDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const reveal = useMutation({ mutationFn: (reason: RevealReason) => revealNumber(customerId, reason) });
  const [form] = Form.useForm<{ reason: RevealReason }>();
  const shown = reveal.data?.number;
  useEffect(() => {
    if (shown === undefined) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown, onClose]);
  return (
    <Modal
      open
      title={t('privacy.reveal.title')}
      onCancel={onClose}
      footer={
        shown === undefined ? (
          <>
            <Button onClick={onClose}>{t('privacy.cancel')}</Button>
            <Button type="primary" loading={reveal.isPending} onClick={() => form.submit()}>
              {t('privacy.reveal.show')}
            </Button>
          </>
        ) : (
          <Button type="primary" onClick={onClose}>
            {t('privacy.reveal.hide')}
          </Button>
        )
      }
    >
      {shown === undefined ? (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => reveal.mutate(reason)}>
          <p className="quiet">{t('privacy.reveal.text')}</p>
          <Form.Item
            name="reason"
            label={t('privacy.reveal.why')}
            rules={[{ required: true, message: t('privacy.reasonMissing') }]}
          >
            <Select
              autoFocus
              placeholder={t('privacy.choose')}
              options={REVEAL_REASONS.map((value) => ({ value, label: t(`privacy.revealReasons.${value}`) }))}
            />
          </Form.Item>
          {reveal.isError && <ErrorView error={reveal.error} />}
        </Form>
      ) : (
        <>
          <CopyField label={t('privacy.reveal.number')} value={shown} />
          <p className="quiet">{t('privacy.reveal.masksAgain')}</p>
        </>
      )}
    </Modal>
  );
}
