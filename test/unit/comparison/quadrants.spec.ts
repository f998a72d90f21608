/** Proves where the quadrants part, who is drawn, and that people with too few calls move no median. */
import { figureOf } from '../../../src/comparison/figure.js';
import { plotPeople } from '../../../src/comparison/quadrants.js';

const person = (key: string, dials: number, sales: number, connects: number) => ({
  key,
  values: { dials, sales, connects, conversion_rate: connects === 0 ? null : sales / connects },
});
const plot = (people: ReturnType<typeof person>[]) =>
  plotPeople({ x: 'dials', y: figureOf('conversion_rate'), people });

it('parts at the medians; who is exactly there counts as above', () => {
  const found = plot([
    person('star', 300, 40, 100),
    person('diligent', 310, 2, 100),
    person('potential', 50, 35, 100),
    person('attention', 40, 1, 100),
    person('middle', 200, 10, 100),
  ]);
  // Dials 40, 50, 200, 300, 310: the middle is 200. Estimates keep the order of equal numbers of calls: `middle` again.
  expect(found.medians?.x).toBe(200);
  expect(found.people.map(({ key, quadrant }) => [key, quadrant])).toEqual([
    ['star', 'star'],
    ['diligent', 'diligent'],
    ['potential', 'potential'],
    ['attention', 'attention'],
    ['middle', 'star'],
  ]);
  const middle = found.people.find(({ key }) => key === 'middle');
  expect(found.medians?.y).toBe(middle?.estimate?.value);
});

it('whoever has too few calls is listed without a quadrant and moves no median', () => {
  const known = [person('a', 100, 10, 50), person('b', 200, 20, 60)];
  const alone = plot(known);
  const among = plot([...known, person('idle', 0, 0, 0)]);
  expect(among.medians).toEqual(alone.medians);
  expect(among.people.slice(0, 2)).toEqual(alone.people);
  expect(plot([person('few', 900, 19, 19)])).toMatchObject({
    medians: null,
    people: [{ quadrant: null, estimate: null }],
  });
});
