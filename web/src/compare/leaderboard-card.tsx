import { useQuery } from '@tanstack/react-query';
import { Segmented, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiDefinitionView, SessionView } from '../../../src/shared/api.js';
import type { Leaderboard } from '../../../src/shared/comparison.js';
import { getLeaderboard } from '../api/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { rangeOf, type Shown } from './address.js';
import { LeaderboardTable } from './leaderboard-table.js';
import { MethodNote } from './method-note.js';
import { datesText, minimumText } from './texts.js';
import { useTeamIds } from './use-team-ids.js';

const EVERY_MS = 30_000;

interface Props {
  shown: Shown;
  change: (key: string, value: string) => void;
  catalog: readonly KpiDefinitionView[];
  today: string;
  session: SessionView;
}

export function LeaderboardCard({ shown, change, catalog, today, session }: Props) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const { kpi, mode, per } = shown;
  const teams = useTeamIds(session.user.role === 'agent' || mode === 'team' ? null : shown.team);
  const wish = {
    ...rangeOf(shown.period, today),
    kpi,
    mode,
    per,
    currency: shown.currency ?? undefined,
    teams: teams ?? undefined,
  };
  const board = useQuery({
    queryKey: ['comparison', 'leaderboard', wish],
    queryFn: () => getLeaderboard(wish),
    enabled: teams !== undefined,
    refetchInterval: EVERY_MS,
    placeholderData: (before) => before,
  });
  const definition = catalog.find(({ id }) => id === kpi);
  return (
    <section className="card">
      <div className="compare-head">
        <h2>{definition ? localised(definition.name) : kpi}</h2>
        {mode === 'team' && board.data?.method.kind === 'sum' && (
          <Segmented<'head' | 'total'>
            aria-label={t('compare.per.title')}
            value={per}
            onChange={(value) => change('per', value)}
            options={(['head', 'total'] as const).map((value) => ({ value, label: t(`compare.per.${value}`) }))}
          />
        )}
        {board.data && board.data.currencies.length > 1 && (
          <Segmented<string>
            aria-label={t('compare.currency')}
            value={board.data.currency ?? ''}
            onChange={(value) => change('currency', value)}
            options={board.data.currencies}
          />
        )}
      </div>
      {board.isError && <ErrorView error={board.error} onRetry={() => void board.refetch()} />}
      {board.isPending && <Spin aria-label={t('common.loading')} />}
      {board.data && !board.isError && (
        <>
          <Notes board={board.data} catalog={catalog} agentId={session.user.agentId} />
          <LeaderboardTable
            board={board.data}
            mayOpen={session.user.permissions.includes('people:read') && session.user.role !== 'agent'}
          />
          <MethodNote board={board.data} catalog={catalog} />
        </>
      )}
    </section>
  );
}

interface NotesProps {
  board: Leaderboard;
  catalog: readonly KpiDefinitionView[];
  agentId: number | null;
}

/** What has to be known to read the list: whom it holds, what it is compared with, why nobody has a place. */
function Notes({ board, catalog, agentId }: NotesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nobody = board.rows.length > 0 && board.rows.every(({ rank }) => rank === null);
  const notes = [
    board.visible === 'own_team' ? t('compare.ownTeam') : null,
    board.visible === 'self' ? t('compare.onlySelf') : null,
    board.previous && t('compare.comparedWith', { dates: datesText(board.previous, language) }),
    board.unfinished && board.mode === 'improved' && board.method.kind === 'sum' ? t('compare.unfinished') : null,
    board.goodDirection === 'neutral' && board.mode === 'raw' ? t('compare.neutral') : null,
    nobody && board.rows.some(({ missing }) => missing === 'not_enough')
      ? t('compare.nobodyEnough', { minimum: minimumText(board.method, catalog, language) })
      : null,
    nobody && board.mode === 'of_target' && board.targetPeriod !== null
      ? t('compare.nobodyTarget', { period: t(`compare.targetPeriods.${board.targetPeriod}`) })
      : null,
    nobody && board.mode === 'improved' ? t('compare.nobodyBefore') : null,
  ].filter((note) => note !== null);
  return (
    <>
      {notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      {agentId !== null && board.visible !== 'scope' && (
        <p className="quiet">
          <Link to="/account">{t('compare.display.link')}</Link>
        </p>
      )}
    </>
  );
}
