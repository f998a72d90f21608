import { useCallback, useEffect, useState } from 'react';

/** After somebody touched the board, its pages stay for so long. */
const STAY_MS = 30_000;

export interface PageTurn {
  index: number;
  /** Somebody is at the board: pages do not turn by themselves, and the pointer is shown. */
  isHeld: boolean;
  turnTo(index: number): void;
}

/** Which page is shown. @param seconds time for each page; 0 = only by hand */
export function usePageTurn(count: number, seconds: number): PageTurn {
  const [wanted, setWanted] = useState(0);
  const isHeld = useHand();
  const index = Math.min(wanted, count - 1);
  const turnTo = useCallback((to: number) => setWanted(((to % count) + count) % count), [count]);
  useEffect(() => {
    if (seconds <= 0 || count < 2 || isHeld) return;
    const timer = setTimeout(() => turnTo(index + 1), seconds * 1_000);
    return () => clearTimeout(timer);
  }, [seconds, count, isHeld, index, turnTo]);
  useEffect(() => {
    if (count < 2) return;
    const turn = ({ key }: KeyboardEvent) => {
      if (key === 'ArrowRight' || key === 'PageDown') turnTo(index + 1);
      if (key === 'ArrowLeft' || key === 'PageUp') turnTo(index - 1);
    };
    addEventListener('keydown', turn);
    return () => removeEventListener('keydown', turn);
  }, [count, index, turnTo]);
  return { index, isHeld, turnTo };
}

/** True while somebody moves the pointer, touches or types, and a while longer. */
function useHand(): boolean {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hold = () => {
      setHeld(true);
      clearTimeout(timer);
      timer = setTimeout(() => setHeld(false), STAY_MS);
    };
    const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;
    for (const sign of signs) addEventListener(sign, hold, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, hold);
    };
  }, []);
  return isHeld;
}
