import { useEffect, useState, useSyncExternalStore } from 'react';
import { BoardConnection, BoardContext, type BoardSource, Ticker } from '../live/index.js';
import { BoardView } from '../wallboard/board-view.js';
import { DrillContext } from '../wallboard/drill-link.js';
import { CodePage } from './code-page.js';
import { TvSession } from './tv-session.js';
import { useFreshBuild } from './use-fresh-build.js';
import { useWakeLock } from './wake-lock.js';

/** The start page of a TV: nothing is typed there, ever. */
export function Tv() {
  const [session, setSession] = useState<TvSession | null>(null);
  useEffect(() => {
    const running = new TvSession();
    setSession(running);
    void running.run();
    return () => running.stop();
  }, []);
  useWakeLock();
  return session && <TvOf session={session} />;
}

function TvOf({ session }: { session: TvSession }) {
  const state = useSyncExternalStore(session.subscribe, () => session.state);
  if (state.phase === 'board') return <TvBoard session={session} />;
  return <CodePage state={state} />;
}

function TvBoard({ session }: { session: TvSession }) {
  const [source, setSource] = useState<BoardSource | null>(null);
  useEffect(() => {
    const connection = new BoardConnection('screen', session.isOver);
    setSource({ connection, ticker: new Ticker(() => connection.now()) });
    connection.open();
    return () => connection.close();
  }, [session]);
  if (!source) return null;
  return (
    <BoardContext value={source}>
      <DrillContext value={false}>
        <LastingBoard />
      </DrillContext>
    </BoardContext>
  );
}

function LastingBoard() {
  useFreshBuild();
  return <BoardView />;
}
