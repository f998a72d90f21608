import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiValue } from '../../../src/shared/api.js';
import type { BoardMeta } from '../../../src/shared/live.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardKey } from '../live/index.js';
import { useCallsPath } from '../wallboard/drill.js';
import { figureText } from '../wallboard/figure-model.js';
import { formOf } from '../wallboard/kpi-forms.js';
import { useKpiName } from '../wallboard/kpi-name.js';
import { useOutbox } from './outbox-provider.js';

/** What an agent looks for first; each figure opens what it counts. */
const SHOWN = ['dials', 'connects', 'connect_rate', 'talk_total_s', 'contacts', 'sales', 'conversion_rate', 'revenue'];

export function TodayFigures() {
  const { t } = useTranslation();
  const meta = useBoardKey<BoardMeta>('meta');
  if (meta === undefined) return null;
  return (
    <section className="card" aria-labelledby="me-today">
      <h2 id="me-today">{t('me.today')}</h2>
      <dl className="me-figures tabular">
        {SHOWN.map((kpi) => (
          <TodayFigure key={kpi} kpi={kpi} />
        ))}
      </dl>
    </section>
  );
}

function TodayFigure({ kpi }: { kpi: string }) {
  const language = useLanguage();
  const nameOf = useKpiName();
  const callsPath = useCallsPath();
  const { agentId } = useOutbox();
  const value = useBoardKey<KpiValue>(`kpi:${kpi}`);
  const { kind, opens } = formOf(kpi);
  const text = figureText(kind, value ?? null, language);
  return (
    <div data-kpi={kpi}>
      <dt>{nameOf(kpi)}</dt>
      <dd>
        {opens === null || value == null ? (
          text
        ) : (
          <Link to={callsPath({ agent: agentId, measure: opens })}>{text}</Link>
        )}
      </dd>
    </div>
  );
}
