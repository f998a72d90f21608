import { Empty, Table, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Leaderboard, LeaderboardRow } from '../../../src/shared/comparison.js';
import { query } from '../api/index.js';
import { formatCount, formatFraction, formatKpi, type Language } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ScorecardLink } from '../reports/ready/index.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { listOf } from '../wallboard/drill.js';
import { formOf } from '../wallboard/kpi-forms.js';
import { IntervalBar } from './interval-bar.js';
import { scaleOf } from './interval-scale.js';
import { changeText, estimateText, partsText, plainText } from './texts.js';

interface Props {
  board: Leaderboard;
  /** Whether the names lead to people. */
  mayOpen: boolean;
}

type Columns = TableColumnsType<LeaderboardRow & { key: number }>;

/** One list, or by tenure one a band: places begin anew in each. */
export function LeaderboardTable({ board, mayOpen }: Props) {
  const { t } = useTranslation();
  if (board.mode !== 'tenure' || board.rows.length === 0) {
    return <Rows board={board} mayOpen={mayOpen} rows={board.rows} label={t('compare.tabs.leaderboard')} />;
  }
  const bands = [...new Set(board.rows.flatMap(({ band }) => band ?? []))];
  return bands.map((band) => (
    <div key={band}>
      <h3 className="compare-band">{t(`compare.bands.${band}`)}</h3>
      <Rows
        board={board}
        mayOpen={mayOpen}
        rows={board.rows.filter((row) => row.band === band)}
        label={t(`compare.bands.${band}`)}
      />
    </div>
  ));
}

function Rows({ board, mayOpen, rows: shown, label }: Props & { rows: LeaderboardRow[]; label: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns: Columns = [
    { title: t('compare.place'), align: 'right', width: 60, render: (_, row) => <Place row={row} /> },
    {
      title: t(board.mode === 'team' ? 'compare.team' : 'compare.person'),
      render: (_, row) => <Name row={row} board={board} mayOpen={mayOpen} />,
    },
    {
      title: t('compare.figure'),
      align: 'right',
      render: (_, row) => (
        <>
          <div>{formatKpi(row.value, board.unit, language)}</div>
          <div className="quiet small">{partsText(row, board.method, t, language)}</div>
        </>
      ),
    },
    ...modeColumns(board, t, language),
    ...(board.method.kind === 'rate' ? [estimateColumn(board, t, language)] : []),
    { title: t('compare.callsBehind'), render: (_, row) => <Calls row={row} board={board} /> },
  ];
  const rows = shown.map((row, key) => ({ ...row, key }));
  return (
    <ScrollX label={label}>
      <Table<LeaderboardRow & { key: number }>
        className="tabular leaderboard"
        size="small"
        dataSource={rows}
        columns={columns}
        pagination={rows.length > 100 ? { pageSize: 100 } : false}
        rowClassName={(row) => (row.self ? 'leaderboard__self' : '')}
        locale={{ emptyText: <Empty description={t('compare.empty')} /> }}
      />
    </ScrollX>
  );
}

function Place({ row }: { row: LeaderboardRow }) {
  const { t } = useTranslation();
  if (row.rank !== null) return <b className="place">{row.rank}</b>;
  return <span className="sr-only">{t('compare.noPlace')}</span>;
}

function Name({ row, board, mayOpen }: { row: LeaderboardRow } & Props) {
  const { t } = useTranslation();
  const { agent, team } = row;
  return (
    <>
      <span className="who">
        {board.mode === 'team' && <b>{team?.name}</b>}
        {agent && (mayOpen ? <Link to={`/settings/agents/${agent.id}`}>{agent.name}</Link> : <b>{agent.name}</b>)}
        {board.mode !== 'team' && !agent && <i>{t('compare.unnamed')}</i>}
        {row.self && <Mark tone="live">{t('compare.you')}</Mark>}
        {row.hidden && agent && <Mark>{t('compare.hidden')}</Mark>}
        {row.missing && row.missing !== 'not_shown' && <Mark>{t(`compare.missing.${row.missing}`)}</Mark>}
      </span>
      {board.mode !== 'team' && team && <div className="quiet small">{team.name}</div>}
    </>
  );
}

function Calls({ row, board }: { row: LeaderboardRow; board: Leaderboard }) {
  const { t } = useTranslation();
  const of = board.mode === 'team' ? { team: row.team?.id } : { agent: row.agent?.id };
  const others = row.agent === null && board.mode !== 'team';
  // The calls of colleagues are not an agent's to read.
  if (others || (board.visible !== 'scope' && !row.self)) return null;
  // Of what counts no calls, the outcomes.
  const measure = board.callMeasure ?? formOf(board.kpi).opens;
  return (
    <>
      <Link to={`${listOf(measure)}${query({ from: board.from, to: board.to, ...of, measure })}`}>
        {t('compare.openCalls')}
        <span className="sr-only">: {t('compare.callsOf', { name: (row.agent ?? row.team)?.name ?? '' })}</span>
      </Link>
      {board.mode !== 'team' && row.agent && (
        <>
          {' · '}
          <ScorecardLink agent={row.agent} />
        </>
      )}
    </>
  );
}

function estimateColumn(board: Leaderboard, t: TFunction, language: Language): Columns[number] {
  const scale = scaleOf(board.rows.flatMap(({ estimate }) => estimate ?? []));
  const rateOf = (row: LeaderboardRow) =>
    board.method.groups.find((group) => group.band === null || group.band === row.band)?.rate ?? null;
  return {
    title: t('compare.estimate'),
    render: (_, row) =>
      row.estimate && (
        <span className="estimate">
          <IntervalBar estimate={row.estimate} groupRate={rateOf(row)} scale={scale} />
          <span>{estimateText(row.estimate, language)}</span>
        </span>
      ),
  };
}

/** What the mode goes by, beside the figure. */
function modeColumns(board: Leaderboard, t: TFunction, language: Language): Columns {
  switch (board.mode) {
    case 'of_target':
      return [
        {
          title: t('compare.target'),
          align: 'right',
          render: (_, row) => plainText(row.target?.value ?? null, board, language),
        },
        {
          title: t('compare.attainment'),
          align: 'right',
          render: (_, row) => <b>{formatFraction(row.target?.attainment, language)}</b>,
        },
      ];
    case 'improved':
      return [
        {
          title: t('compare.before'),
          align: 'right',
          render: (_, row) => formatKpi(row.previous?.value, board.unit, language),
        },
        {
          title: t('compare.change'),
          align: 'right',
          render: (_, row) => <b>{changeText(row.change, board.method, t, language)}</b>,
        },
      ];
    case 'team':
      return [
        { title: t('compare.people'), align: 'right', render: (_, row) => formatCount(row.people, language) },
        ...(board.method.kind === 'sum'
          ? [
              {
                title: t('compare.perHead'),
                align: 'right' as const,
                render: (_: unknown, row: LeaderboardRow) => plainText(row.perHead, board, language),
              },
            ]
          : []),
      ];
    case 'raw':
    case 'tenure':
      return [];
  }
}
