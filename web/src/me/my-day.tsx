import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { SessionView } from '../../../src/shared/api.js';
import { sessionIsOver, signInPath } from '../api/index.js';
import { BoardContext, useLiveScope } from '../live/index.js';
import { useSession } from '../ui/use-session.js';
import { useTitle } from '../ui/use-title.js';
import { BestHoursCard } from './best-hours-card.js';
import { CallbacksCard } from './callbacks-card.js';
import { CallsCard } from './calls-card.js';
import { DayHead } from './day-head.js';
import { NotAnAgent } from './not-an-agent.js';
import { NowCards } from './now-cards.js';
import { OutboxNotice } from './outbox-notice.js';
import { OutboxProvider } from './outbox-provider.js';
import { RankCard } from './rank-card.js';
import { TargetRings } from './target-rings.js';
import { TodayFigures } from './today-figures.js';
import { useCallbackReminder } from './use-callback-reminder.js';
import { useFreshLists } from './use-my-lists.js';
import './me.css';

/** An agent between two calls: how far am I from my targets, what do I do next? */
export function MyDay() {
  const session = useSession();
  const user = session.data?.user;
  if (user === undefined) return null;
  return user.agentId === null ? <NotAnAgent /> : <OwnDay userId={user.id} agentId={user.agentId} />;
}

type User = SessionView['user'];

function OwnDay({ userId, agentId }: { userId: User['id']; agentId: number }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const source = useLiveScope('me', async () => {
    const over = await sessionIsOver();
    if (over) void navigate(signInPath(pathname), { replace: true });
    return over;
  });
  if (source === null) return null;
  return (
    <BoardContext value={source}>
      <OutboxProvider userId={userId} agentId={agentId}>
        <Page />
      </OutboxProvider>
    </BoardContext>
  );
}

function Page() {
  const { t } = useTranslation();
  useFreshLists();
  const due = useCallbackReminder();
  useTitle(due > 0 ? t('me.titleDue', { due }) : t('me.title'));
  return (
    <div className="me">
      <DayHead />
      <OutboxNotice />
      <NowCards />
      <TargetRings />
      <TodayFigures />
      <div className="me__columns">
        <div className="me__side">
          <CallbacksCard />
          <RankCard />
        </div>
        <CallsCard />
        <BestHoursCard />
      </div>
    </div>
  );
}
