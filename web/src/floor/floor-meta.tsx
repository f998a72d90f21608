import { createContext, type PropsWithChildren, useContext, useMemo } from 'react';
import type { FloorMeta } from '../../../src/shared/live.js';
import { useBoardKey } from '../live/index.js';

/** What the floor is, without what changes with every event: those who read it are not drawn again for that. */
export type StableMeta = Omit<FloorMeta, 'lastEventAt'>;

const MetaContext = createContext<StableMeta | undefined>(undefined);

export function FloorMetaProvider({ children }: PropsWithChildren) {
  const meta = useBoardKey<FloorMeta>('meta');
  const text = meta === undefined ? null : JSON.stringify({ ...meta, lastEventAt: undefined });
  const stable = useMemo(() => (text === null ? undefined : (JSON.parse(text) as StableMeta)), [text]);
  return <MetaContext value={stable}>{children}</MetaContext>;
}

/** Undefined before the first snapshot. */
export function useFloorMeta(): StableMeta | undefined {
  return useContext(MetaContext);
}
