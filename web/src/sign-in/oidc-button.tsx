import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Divider } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { getSignInOptions, ssoAddress } from '../api/index.js';
import { BEGIN } from './home-of.js';

/** What can go wrong at the provider; anything else is told with its code. */
const REASONS = [
  'oidc_account_disabled',
  'oidc_attempt_unknown',
  'oidc_email_taken',
  'oidc_no_role',
  'oidc_refused',
  'oidc_team_unknown',
  'oidc_unreachable',
] as const;

/** Sign-in at the organisation's provider, where there is one; nothing where there is none. `next`: a path of ours. */
export function OidcButton({ next }: { next: string }) {
  const { t } = useTranslation();
  const options = useQuery({ queryKey: ['session', 'options'], queryFn: getSignInOptions, staleTime: 300_000 });
  const oidc = options.data?.oidc;
  if (!oidc) return null;
  return (
    <>
      <Divider plain>{t('sso.or')}</Divider>
      <Button size="large" block href={ssoAddress(next === '/' ? BEGIN : next)}>
        {t('sso.with', { name: oidc.name })}
      </Button>
    </>
  );
}

/** Why the last attempt at the provider failed: its answer leads back here with a code. */
export function OidcFailure() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const code = search.get('sso');
  if (code === null) return null;
  const reason = REASONS.find((known) => known === code);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={t('sso.failed')}
      description={
        <>
          {t(reason === undefined ? 'sso.reasons.other' : `sso.reasons.${reason}`)}
          {reason !== undefined && <div className="quiet">{t('common.errorCode', { code: reason })}</div>}
        </>
      }
    />
  );
}
