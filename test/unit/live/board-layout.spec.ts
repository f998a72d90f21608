/** Proves: where a new tile goes never lies over another one nor beyond the page, and there is none only when none fits. */
import fc from 'fast-check';
import { freePlace, isOutside, overlaps } from '../../../src/shared/board-schema.js';

interface Cell {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Cell by cell, for the comparison. */
function cells({ x, y, w, h }: Cell): string[] {
  return Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`);
}

test('places for tiles', () => {
  const size = fc.record({ w: fc.integer({ min: 4, max: 48 }), h: fc.integer({ min: 2, max: 26 }) });
  fc.assert(
    fc.property(fc.array(size, { maxLength: 12 }), (sizes) => {
      const placed: Cell[] = [];
      const taken = new Set<string>();
      for (const { w, h } of sizes) {
        const place = freePlace(placed, { w, h });
        if (place === null) {
          const fits = Array.from({ length: (48 - w + 1) * (26 - h + 1) }, (_, i) => ({
            x: i % (48 - w + 1),
            y: Math.floor(i / (48 - w + 1)),
          })).some(({ x, y }) => cells({ x, y, w, h }).every((cell) => !taken.has(cell)));
          expect(fits).toBe(false);
          continue;
        }
        const tile = { ...place, w, h };
        expect(isOutside(tile)).toBe(false);
        expect(placed.some((other) => overlaps(other, tile))).toBe(false);
        for (const cell of cells(tile)) {
          expect(taken.has(cell)).toBe(false);
          taken.add(cell);
        }
        placed.push(tile);
      }
    }),
    { numRuns: 8 },
  );
});

test('tiles that only touch do not overlap; one cell in common does', () => {
  const tile = { x: 10, y: 5, w: 8, h: 4 };
  expect(overlaps(tile, { ...tile, x: 18 })).toBe(false);
  expect(overlaps(tile, { ...tile, y: 9 })).toBe(false);
  expect(overlaps(tile, { ...tile, x: 17, y: 8 })).toBe(true);
  expect([isOutside({ ...tile, x: 40 }), isOutside({ ...tile, x: 41 }), isOutside({ ...tile, y: 23 })]).toEqual([
    false,
    true,
    true,
  ]);
});
