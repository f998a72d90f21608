import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { PackLinkView } from '../../../src/shared/schedules.js';
import { browserZone } from '../account/browser-zone.js';
import { ApiError, fetchPack, inspectPack, openPack, signInPath } from '../api/index.js';
import { fileSize } from '../exports/file-size.js';
import { useLanguage } from '../i18n/index.js';
import { formatMoment } from '../people/ui/days.js';
import { SignFrame } from '../sign-in/sign-frame.js';
import { ErrorView } from '../ui/error-view.js';
import { Loading } from '../ui/loading.js';
import { useTitle } from '../ui/use-title.js';
import './schedules.css';

/**
 * `/pack#<token>`: what a link in a message leads to. Programs that look at links before people do see this page and use
 * nothing up; the file is asked for by its button. The token is in the fragment, which no server sees.
 */
export function PackPage() {
  const { t } = useTranslation();
  const token = useLocation().hash.slice(1);
  const link = useQuery({
    queryKey: ['pack', token],
    queryFn: () => inspectPack(token),
    retry: false,
    enabled: token !== '',
  });
  const title = t('schedules.pack.title');
  useTitle(title);
  return (
    <SignFrame title={title}>
      {token === '' && <p>{t('schedules.pack.incomplete')}</p>}
      {link.isError && (
        <ErrorView error={link.error} onRetry={isOver(link.error) ? undefined : () => void link.refetch()} />
      )}
      {link.isLoading && <Loading />}
      {link.data && <Offer token={token} link={link.data} onUsed={() => void link.refetch()} />}
    </SignFrame>
  );
}

/** A link that has ended stays so: trying again would be a button that does nothing. */
function isOver(error: Error): boolean {
  return error instanceof ApiError && error.status === 410;
}

function Offer({ token, link, onUsed }: { token: string; link: PackLinkView; onUsed: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const isOpen = link.access === 'open';
  const fetching = useMutation({
    mutationFn: () => (isOpen ? openPack(token) : fetchPack(token)),
    onSuccess: ({ url }) => {
      // Not a click on a link with `download`: the browsers inside chat apps take only what is navigated to.
      window.location.assign(url);
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) return;
      if (error.status === 401) void navigate(signInPath(`/pack#${token}`));
      if (error.code === 'pack_link_sign_in') onUsed();
    },
  });
  const until = formatMoment(link.expiresAt, browserZone(), language);
  if (fetching.data) return <Begun url={fetching.data.url} />;
  const isToSignIn = fetching.error instanceof ApiError && fetching.error.status === 401;
  return (
    <>
      {link.file && (
        <p>
          <b className="wrap">{link.file.name}</b> <span className="quiet">{fileSize(link.file.bytes, language)}</span>
        </p>
      )}
      <p>
        {isOpen ? t('schedules.pack.open', { count: link.usesLeft, until }) : t('schedules.pack.signIn', { until })}
      </p>
      {fetching.isError && !isToSignIn && (
        <div className="schedule-note">
          <ErrorView error={fetching.error} />
        </div>
      )}
      <Button type="primary" size="large" block loading={fetching.isPending} onClick={() => fetching.mutate()}>
        {t('schedules.pack.download')}
      </Button>
    </>
  );
}

function Begun({ url }: { url: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p role="status">{t('schedules.pack.begun')}</p>
      <p className="quiet">
        {t('schedules.pack.again')} <a href={url}>{t('schedules.pack.download')}</a>
      </p>
    </>
  );
}
