import { useTranslation } from 'react-i18next';
import type { Quadrant } from '../../../src/shared/comparison.js';
import { useTheme } from '../ui/theme.js';
import { PLOT_COLOURS, SHAPES } from './plot-model.js';

const PATHS = {
  circle: 'M7 1.5a5.5 5.5 0 1 0 .01 0z',
  triangle: 'M7 1.5 13 12.5H1z',
  rect: 'M2 2h10v10H2z',
  rectRot: 'M7 .8 13.2 7 7 13.2.8 7z',
} as const;

/** The name of a quadrant with the shape its points have. */
export function QuadrantMark({ quadrant }: { quadrant: Quadrant }) {
  const { t } = useTranslation();
  const theme = useTheme('light');
  const colour = PLOT_COLOURS[theme === 'dark' ? 'dark' : 'light'].quadrants[quadrant];
  return (
    <span className="quadrant">
      <svg width="14" height="14" aria-hidden="true">
        <path d={PATHS[SHAPES[quadrant]]} fill={colour} />
      </svg>
      {t(`compare.quadrants.name.${quadrant}`)}
    </span>
  );
}
