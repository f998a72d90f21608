import { type RefObject, useLayoutEffect, useState } from 'react';

export interface BoxSize {
  width: number;
  height: number;
  /** The board's unit (`--u`) in pixels. */
  unit: number;
}

/** Inner size of an element in pixels, and the board's unit; null before the first layout. */
export function useSize(ref: RefObject<HTMLElement | null>): BoxSize | null {
  const [size, setSize] = useState<BoxSize | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const next = {
        width: element.clientWidth,
        height: element.clientHeight,
        unit: Number.parseFloat(getComputedStyle(element).fontSize),
      };
      setSize((held) =>
        held && held.width === next.width && held.height === next.height && held.unit === next.unit ? held : next,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
