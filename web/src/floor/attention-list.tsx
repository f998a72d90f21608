import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ATTENTION_RULES, type AttentionRule, type FloorAgent, type FloorAttention } from '../../../src/shared/live.js';
import { formatCount, formatDuration, formatFraction, formatMinutes } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardDerived, useBoardKey, useTicking } from '../live/index.js';
import { useKpiName } from '../wallboard/kpi-name.js';
import { attentionView, numberIn, textIn } from './attention-model.js';
import { useFloorMeta } from './floor-meta.js';
import { useKpiText } from './use-kpi-text.js';

interface ListProps {
  /** Whoever the search and the team let through. */
  matching: ReadonlySet<number> | undefined;
  onOpen(agentId: number): void;
}

/** Shown until somebody wants all; and at most, because a page of hundreds helps nobody. */
const FEW = 6;
const MOST = 60;
const asTheyCome = (all: FloorAttention[]): FloorAttention[] => all;

/** Who may need help, with the evidence. */
export function AttentionList({ matching, onOpen }: ListProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const meta = useFloorMeta();
  const all = useBoardDerived<FloorAttention, FloorAttention[]>('attention:', asTheyCome);
  const [rule, setRule] = useState<AttentionRule | null>(null);
  const [wantsAll, setWantsAll] = useState(false);
  const { items, counts } = useMemo(() => attentionView(all, matching, rule), [all, matching, rule]);
  const shown = items.slice(0, wantsAll ? MOST : FEW);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <section className="attention" aria-label={t('floor.attention.title')} data-total={total}>
      <header className="attention__head">
        <h2>
          {t('floor.attention.title')} <b>{formatCount(total, language)}</b>
        </h2>
        {ATTENTION_RULES.filter((one) => counts[one] > 0 || one === rule).map((one) => (
          <button
            key={one}
            type="button"
            className="activity"
            aria-pressed={rule === one}
            onClick={() => setRule(rule === one ? null : one)}
          >
            <span>{t(`floor.attention.rules.${one}`)}</span>
            <b>{formatCount(counts[one], language)}</b>
          </button>
        ))}
        {items.length > FEW && (
          <button type="button" className="activity" aria-expanded={wantsAll} onClick={() => setWantsAll(!wantsAll)}>
            {wantsAll ? t('floor.attention.fewer') : t('floor.attention.all', { count: items.length })}
          </button>
        )}
      </header>
      {total === 0 && meta !== undefined && <p className="quiet attention__none">{t('floor.attention.none')}</p>}
      {shown.length > 0 && (
        <ul className="attention__list" data-all={wantsAll}>
          {shown.map((item) => (
            <Item key={`${item.agentId}:${item.rule}`} item={item} onOpen={onOpen} />
          ))}
        </ul>
      )}
      {wantsAll && items.length > MOST && <p className="quiet">{t('floor.attention.most', { count: MOST })}</p>}
    </section>
  );
}

function Item({ item, onOpen }: { item: FloorAttention; onOpen(agentId: number): void }) {
  const { t } = useTranslation();
  const agent = useBoardKey<FloorAgent>(`agent:${item.agentId}`);
  const evidence = useEvidence(item);
  if (agent === undefined) return null;
  return (
    <li>
      <button type="button" className="attention__item" data-rule={item.rule} onClick={() => onOpen(item.agentId)}>
        <span className="attention__rule">{t(`floor.attention.rules.${item.rule}`)}</span>
        <span className="attention__who">{agent.name}</span>
        <span className="attention__why">{evidence}</span>
      </button>
    </li>
  );
}

/** Why, in one sentence with the numbers it rests on. */
export function useEvidence({ rule, since, evidence }: FloorAttention): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const kpiName = useKpiName();
  const currency = useFloorMeta()?.currency;
  const kpiText = useKpiText(currency);
  const passed = useTicking(useCallback((now: number) => formatMinutes(now - since, language), [since, language]));
  const rate = (name: string) => formatFraction(numberIn(evidence, name), language);
  switch (rule) {
    case 'dnc_called':
      return t('floor.attention.dncCalled', { duration: passed });
    case 'idle':
      return t('floor.attention.idle', { duration: passed });
    case 'long_state': {
      const state = t(`wall.activity.${textIn(evidence, 'state') ?? 'paused'}`);
      const limit = formatDuration(numberIn(evidence, 'limit'), language);
      return t('floor.attention.longState', { state, duration: passed, limit });
    }
    case 'behind_pace': {
      const kpi = textIn(evidence, 'kpi') ?? '';
      const [actual, expected] = [numberIn(evidence, 'actual'), numberIn(evidence, 'expected')];
      return t('floor.attention.behindPace', {
        kpi: kpiName(kpi),
        actual: kpiText(kpi, actual),
        expected: kpiText(kpi, expected),
        pace: rate('pace'),
      });
    }
    case 'low_conversion':
      return t('floor.attention.lowConversion', {
        sales: formatCount(numberIn(evidence, 'sales'), language),
        connects: formatCount(numberIn(evidence, 'connects'), language),
        low: rate('low'),
        high: rate('high'),
        usual: rate('usual'),
      });
  }
}
