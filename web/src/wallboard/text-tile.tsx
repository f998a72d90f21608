import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { TextTile as TextTileSpec } from '../../../src/shared/boards.js';

/** Words of the organisation's own. A long text is set smaller rather than cut. */
export function TextTile({ tile }: { tile: TextTileSpec }) {
  const { text, size } = tile.options;
  const box = useRef<HTMLDivElement>(null);
  useFit(box, text + size);
  return (
    <section className="panel words" data-size={size}>
      {tile.title && <h2>{tile.title}</h2>}
      <div className="words__box" ref={box}>
        <p>{text}</p>
      </div>
    </section>
  );
}

const SMALLEST = 0.3;
const STEP = 0.93;

/** Lowers `--fit` until the content fits its box; again whenever the box or the content changes. */
function useFit(ref: RefObject<HTMLElement | null>, content: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text needs another size
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const shrink = () => {
      let scale = 1;
      box.style.setProperty('--fit', '1');
      while (scale > SMALLEST && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)) {
        scale *= STEP;
        box.style.setProperty('--fit', String(scale));
      }
    };
    shrink();
    const observer = new ResizeObserver(shrink);
    observer.observe(box);
    return () => observer.disconnect();
  }, [ref, content]);
}
