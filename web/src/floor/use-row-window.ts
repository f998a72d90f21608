import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { type RowWindow, scrollFor, windowOf } from './window.js';

/** Rows and their head are of one height; floor.css sets the same. */
export const ROW_HEIGHT = 36;
export const HEAD_HEIGHT = 40;

interface Rows extends RowWindow {
  /** Rows that fit, for keys that turn a page. */
  page: number;
  onScroll(): void;
  /** Scrolls no more than needed. */
  show(index: number): void;
}

/** The rows of a scrolling box that are in sight. Renders again only when they are others. */
export function useRowWindow(box: RefObject<HTMLElement | null>, count: number): Rows {
  const [seen, setSeen] = useState<RowWindow & { page: number }>({ from: 0, to: 0, page: 1 });
  const look = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const height = element.clientHeight - HEAD_HEIGHT;
    const { from, to } = windowOf(element.scrollTop, height, ROW_HEIGHT, count);
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    setSeen((before) =>
      before.from === from && before.to === to && before.page === page ? before : { from, to, page },
    );
  }, [box, count]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    look();
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [box, look]);
  const show = useCallback(
    (index: number) => {
      const element = box.current;
      if (element === null) return;
      const view = { height: element.clientHeight, headHeight: HEAD_HEIGHT };
      const top = scrollFor(index, element.scrollTop, view, ROW_HEIGHT);
      if (top !== null) element.scrollTop = top;
    },
    [box],
  );
  return { ...seen, onScroll: look, show };
}
