import { useEffect, useState } from 'react';

/** Where the keyboard was before a dialog came of which another one took the place. */
let beforeAll: Element | null = null;

const isInDialog = (element: Element | null): boolean => element?.closest('[role="dialog"]') != null;

/**
 * For dialogs that are there only while they are open: the keyboard goes back to where it was when they came; of one that
 * takes the place of another (a form, then the key it made) to where it was before the first.
 */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    if (!isInDialog(before)) beforeAll = before;
    return () => {
      // Whoever has gone on elsewhere meanwhile stays there.
      const isLost = document.activeElement === null || document.activeElement === document.body;
      const target = before?.isConnected ? before : beforeAll;
      if (isLost && target instanceof HTMLElement && target.isConnected) target.focus({ preventScroll: true });
    };
  }, [before]);
}
