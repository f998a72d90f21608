import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LiveScope } from '../../../src/shared/live.js';
import { sessionIsOver } from '../api/index.js';
import { BoardContext, useFreshness, useLink, useLiveScope } from '../live/index.js';
import { useSession } from '../ui/use-session.js';
import { useTitle } from '../ui/use-title.js';
import { ConnectionBadge } from '../wallboard/connection-badge.js';
import { AgentPanel } from './agent-panel.js';
import { AttentionList } from './attention-list.js';
import { FloorMetaProvider, useFloorMeta } from './floor-meta.js';
import { nextSort } from './floor-model.js';
import { Grid } from './grid.js';
import { Toolbar } from './toolbar.js';
import { useColumns } from './use-columns.js';
import { type FloorAddress, useFloorAddress } from './use-floor-address.js';
import { useFloorView } from './use-floor-view.js';
import './floor.css';

/** Everybody of one's scope, live: who needs me now, and why? */
export function Floor() {
  const { t } = useTranslation();
  useTitle(t('floor.title'));
  const user = useSession().data?.user;
  if (user === undefined) return null;
  if (user.role === 'agent') return <ForSupervisors />;
  return <LiveFloor linksPerson={user.permissions.includes('people:read')} />;
}

/** Agents have a page of their own. */
function ForSupervisors() {
  const { t } = useTranslation();
  return (
    <section className="card">
      <h1>{t('floor.title')}</h1>
      <p>{t('floor.notForAgents')}</p>
      <Link to="/me">{t('floor.toMyDay')}</Link>
    </section>
  );
}

function LiveFloor({ linksPerson }: { linksPerson: boolean }) {
  const address = useFloorAddress();
  const scope: LiveScope = address.campaign === null ? 'floor' : `floor:${address.campaign}`;
  const source = useLiveScope(scope, sessionIsOver);
  if (source === null) return null;
  return (
    <BoardContext value={source}>
      <FloorMetaProvider>
        <FloorPage address={address} linksPerson={linksPerson} />
      </FloorMetaProvider>
    </BoardContext>
  );
}

interface PageProps {
  address: FloorAddress;
  linksPerson: boolean;
}

function FloorPage({ address, linksPerson }: PageProps) {
  const { t } = useTranslation();
  const { filter, sort, agent, change } = address;
  const meta = useFloorMeta();
  const { phase } = useLink();
  const freshness = useFreshness();
  const { view, held, touch, release } = useFloorView(filter, sort);
  const [columns, chooseColumns] = useColumns();
  const open = (id: number) => change({ agent: String(id) });
  const close = () => {
    change({ agent: '' });
    // Back to where the keyboard was.
    document.querySelector<HTMLElement>('.fgrid table')?.focus({ preventScroll: true });
  };
  return (
    <div className="floor-page" data-freshness={freshness} data-panel={agent !== null}>
      <header className="floor-head">
        <h1>{t('floor.title')}</h1>
        <ConnectionBadge zone={meta?.timeZone} />
        <span className="quiet floor-head__note" data-held={held}>
          {held && t('floor.held')}
        </span>
      </header>
      {phase === 'unknown' ? (
        <NoSuchFloor address={address} />
      ) : (
        <>
          <AttentionList matching={view?.matching} onOpen={open} />
          <Toolbar address={address} counts={view?.counts} columns={columns} onColumns={chooseColumns} />
          <div className="floor-main">
            <div className="floor-grid">
              <Grid
                order={view?.order ?? []}
                columns={columns}
                filter={filter}
                sort={sort}
                onSort={(column) => {
                  const next = nextSort(sort, column);
                  change({ sort: next.column, dir: next.direction });
                }}
                open={agent}
                onOpen={open}
                onTouch={touch}
                onRelease={release}
                linksPerson={linksPerson}
              />
              {view !== null && view.order.length === 0 && <Nobody total={view.total} address={address} />}
            </div>
            {agent !== null && meta !== undefined && (
              <AgentPanel key={agent} agentId={agent} linksPerson={linksPerson} onClose={close} />
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** Why there is no row, and what to do about it. */
function Nobody({ total, address }: { total: number; address: FloorAddress }) {
  const { t } = useTranslation();
  if (total > 0)
    return (
      <div className="floor-empty" role="status">
        <p>{t('floor.noMatch', { count: total })}</p>
        <Button onClick={() => address.change({ q: '', team: '', state: '' })}>{t('floor.clear')}</Button>
      </div>
    );
  return (
    <div className="floor-empty" role="status">
      <p>{t('floor.empty')}</p>
      <p className="quiet">{t('floor.emptyHow')}</p>
      <Link to="/settings/agents">{t('floor.emptyLink')}</Link>
    </div>
  );
}

/** A campaign that is not there any more, or rights that changed. */
function NoSuchFloor({ address }: { address: FloorAddress }) {
  const { t } = useTranslation();
  return (
    <div className="floor-empty" role="status">
      <p>{t(address.campaign === null ? 'floor.notYours' : 'floor.noCampaign')}</p>
      {address.campaign !== null && (
        <Button onClick={() => address.change({ campaign: '' })}>{t('floor.allCampaigns')}</Button>
      )}
    </div>
  );
}
