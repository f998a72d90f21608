import { Link } from 'react-router';
import type { KpiDefinitionView, KpiValue } from '../../../src/shared/api.js';
import { formatKpi } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { countsNothing, formOf } from '../wallboard/kpi-forms.js';

interface Props {
  value: KpiValue | undefined;
  kpi: Pick<KpiDefinitionView, 'id' | 'unit'>;
  /** Where what a measure counts is listed. */
  to: (measure: string) => string;
}

/** A figure that opens the calls or outcomes it counts, of a rate those it is a rate of. Plain where there are none. */
export function FigureLink({ value, kpi, to }: Props) {
  const language = useLanguage();
  const text = formatKpi(value, kpi.unit, language);
  const { opens } = formOf(kpi.id);
  if (opens === null || countsNothing(kpi.id, value)) return <>{text}</>;
  return <Link to={to(opens)}>{text}</Link>;
}
