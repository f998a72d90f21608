import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, RecoveryCodes, TotpSetup } from '../../../src/shared/accounts.js';
import { beginTotp, removeTotp, renewRecoveryCodes } from '../api/index.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { Mark } from '../ui/mark.js';
import { browserZone } from './browser-zone.js';
import { PasswordDialog } from './password-dialog.js';
import { RecoveryCodesDialog } from './recovery-codes-dialog.js';
import { TotpSetupDialog } from './totp-setup-dialog.js';

type Step =
  | { kind: 'idle' | 'begin' | 'remove' | 'renew' }
  | { kind: 'setup'; setup: TotpSetup }
  | { kind: 'codes'; codes: RecoveryCodes };

/** Codes left at which somebody should make new ones. */
const FEW = 3;

export function SecondFactorCard({ account }: { account: AccountView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const { totp } = account;
  return (
    <section className="card">
      <div className="section__head">
        <h2>{t('access.totp.title')}</h2>
        <Mark tone={totp === null ? 'plain' : 'good'}>{t(totp === null ? 'access.totp.off' : 'access.totp.on')}</Mark>
      </div>
      <p className="quiet">{t('access.totp.text')}</p>
      {totp !== null && (
        <p>
          {t('access.totp.since', { time: formatInstant(totp.since, browserZone(), language) })}{' '}
          {t('access.totp.codesLeft', { count: totp.recoveryCodesLeft })}
        </p>
      )}
      {totp !== null && totp.recoveryCodesLeft <= FEW && (
        <Alert className="account__note" type="warning" showIcon title={t('access.totp.fewCodes')} />
      )}
      {!account.hasPassword && <p>{t('access.totp.noPassword')}</p>}
      <div className="account__actions">
        {totp === null && account.hasPassword && (
          <Button type="primary" onClick={() => setStep({ kind: 'begin' })}>
            {t('access.totp.begin')}
          </Button>
        )}
        {totp !== null && <Button onClick={() => setStep({ kind: 'renew' })}>{t('access.totp.renew')}</Button>}
        {totp !== null && (
          <Button danger onClick={() => setStep({ kind: 'remove' })}>
            {t('access.totp.remove')}
          </Button>
        )}
      </div>
      <Steps step={step} setStep={setStep} />
    </section>
  );
}

function Steps({ step, setStep }: { step: Step; setStep: (step: Step) => void }) {
  const { t } = useTranslation();
  const close = () => setStep({ kind: 'idle' });
  const codes = (made: RecoveryCodes) => setStep({ kind: 'codes', codes: made });
  switch (step.kind) {
    case 'begin':
      return (
        <PasswordDialog
          title={t('access.totp.begin')}
          text={t('access.totp.beginText')}
          action={t('access.next')}
          submit={beginTotp}
          onDone={(setup) => setStep({ kind: 'setup', setup })}
          onClose={close}
        />
      );
    case 'setup':
      return <TotpSetupDialog setup={step.setup} onDone={codes} onClose={close} />;
    case 'codes':
      return <RecoveryCodesDialog codes={step.codes.codes} onClose={close} />;
    case 'renew':
      return (
        <PasswordDialog
          title={t('access.totp.renew')}
          text={t('access.totp.renewText')}
          action={t('access.totp.renew')}
          submit={renewRecoveryCodes}
          onDone={codes}
          onClose={close}
        />
      );
    case 'remove':
      return (
        <PasswordDialog
          title={t('access.totp.remove')}
          text={t('access.totp.removeText')}
          action={t('access.totp.remove')}
          danger
          submit={removeTotp}
          onDone={close}
          onClose={close}
        />
      );
    case 'idle':
      return null;
  }
}
