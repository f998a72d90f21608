import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { eraseNumber, searchCustomer } from '../api/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { useMay } from '../ui/use-session.js';
import { EraseDialog } from './erase-dialog.js';
import './privacy.css';

/** Finds a customer by number. The number stays in the form: it is in no address and in no history. */
export default function PrivacyPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useMutation({
    mutationFn: searchCustomer,
    onSuccess: ({ customer }) => customer && void navigate(`/settings/privacy/${customer.id}`),
  });
  return (
    <>
      <PageHead title={t('privacy.title')} lead={t('privacy.lead')} />
      <section className="card">
        <h2>{t('privacy.search.title')}</h2>
        <p className="quiet">{t('privacy.search.text')}</p>
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={({ number }: { number: string }) => search.mutate(number)}
        >
          <div className="search-number">
            <Form.Item
              name="number"
              label={t('privacy.search.number')}
              rules={[{ required: true, whitespace: true, message: t('privacy.search.missing') }]}
            >
              <Input
                type="tel"
                autoComplete="off"
                maxLength={64}
                allowClear
                placeholder="+86 138 1234 5678"
                onChange={() => search.reset()}
              />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={search.isPending}>
              {t('privacy.search.find')}
            </Button>
          </div>
        </Form>
        {search.isError && <ErrorView error={search.error} />}
        {search.data?.customer === null && <Nobody key={search.variables} number={search.variables ?? ''} />}
      </section>
    </>
  );
}

function Nobody({ number }: { number: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay('privacy:manage');
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  if (done) return <Alert type="success" showIcon role="status" title={t('privacy.erase.done')} />;
  return (
    <>
      <Alert
        type="info"
        showIcon
        role="status"
        title={t('privacy.search.nobody')}
        description={t(may ? 'privacy.search.nobodyMay' : 'privacy.search.nobodyHow')}
        action={
          may && (
            <Button danger onClick={() => setOpen(true)}>
              {t('privacy.erase.open')}
            </Button>
          )
        }
      />
      {open && (
        <EraseDialog
          title={t('privacy.erase.customerTitle')}
          confirm={{ text: number.trim(), label: t('privacy.erase.typeNumber') }}
          run={(reason) => eraseNumber(number, reason)}
          onClose={() => setOpen(false)}
          onErased={() => {
            setOpen(false);
            setDone(true);
            void message.success(t('privacy.erase.done'));
          }}
        >
          <p>{t('privacy.erase.unknownText')}</p>
        </EraseDialog>
      )}
    </>
  );
}
