/**
 * Proves: the catalog holds every id of the product's list of figures with its formula, in both languages, with the
 * presets people start from; docs/kpi.md is current.
 */
import { readFileSync } from 'node:fs';
import {
  AVAILABLE_KPI_IDS,
  CATALOG,
  definitionView,
  findDefinition,
  renderKpiDocument,
} from '../../../src/kpi/catalog/index.js';

const FORMULAS: Record<string, string> = {
  connect_rate: 'connects ÷ dials',
  connect_rate_valid: 'connects ÷ (dials − invalid)',
  customer_connect_rate: 'customers_connected ÷ customers',
  human_rate: 'humans ÷ dials',
  contact_rate: 'contacts ÷ dials',
  effective_rate: 'effective ÷ connects_ended',
  avg_talk_s: 'talk_s ÷ connects_ended',
  talk_total_s: 'talk_s + inbound_talk_s',
  aht_s: '(talk_s + inbound_talk_s + wrap_up_s) ÷ (connects_ended + inbound_answered)',
  inbound_answer_rate: 'inbound_answered ÷ inbound',
  conversion_dial: 'sales ÷ dials',
  conversion_rate: 'sales ÷ connects',
  conversion_contact: 'sales ÷ contacts',
  conversion_handled: 'sales ÷ handled',
  conversion_customer: 'sales ÷ customers',
  avg_deal: 'revenue ÷ sales',
  first_call_close: 'first_call_sales ÷ first_dials',
  callback_kept_rate: 'callbacks_kept ÷ callbacks_due',
  dials_per_hour: 'dials ÷ hours of (logged_in_s − paused_s)',
  sales_per_hour: '(sales + inbound_sales + other_sales) ÷ hours of logged_in_s',
  revenue_per_hour: '(revenue + inbound_revenue + other_revenue) ÷ hours of logged_in_s',
  occupancy: '(on_call_s + wrap_up_s) ÷ (on_call_s + wrap_up_s + available_s)',
  pause_share: 'paused_s ÷ logged_in_s',
  complaint_rate: 'complaints ÷ connects',
};

const MEASURED =
  'dials first_dials connects connects_ended humans effective no_answer busy invalid canceled failed machine talk_s ring_s hold_s handled inbound inbound_answered inbound_abandoned inbound_talk_s'.split(
    ' ',
  );
const OF_PEOPLE =
  'contacts sales revenue inbound_sales inbound_revenue other_sales other_revenue first_call_sales callbacks_due callbacks_kept complaints dnc logged_in_s available_s on_call_s wrap_up_s paused_s touch_rate attainment pace'.split(
    ' ',
  );

describe('the KPI catalog', () => {
  it.each(Object.entries(FORMULAS))('%s = %s', (id, formula) => {
    const definition = findDefinition(id);
    expect(definition && definitionView(definition).formula).toBe(formula);
  });

  it('holds every measure and every id once', () => {
    const ids = CATALOG.map((definition) => definition.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(
      [
        ...MEASURED,
        ...OF_PEOPLE,
        ...Object.keys(FORMULAS),
        'customers',
        'customers_connected',
        'internal',
        'stale',
        'incomplete',
      ].sort(),
    );
  });

  it('marks as available everything but hold, and what targets work out elsewhere', () => {
    const elsewhere = ['hold_s', 'attainment', 'pace'];
    expect([...AVAILABLE_KPI_IDS].sort()).toEqual(
      CATALOG.map(({ id }) => id)
        .filter((id) => !elsewhere.includes(id))
        .sort(),
    );
  });

  it('speaks both languages, ends sentences, and keeps each definition whole', () => {
    for (const definition of CATALOG) {
      expect(definition.name.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(definition.name.en).toMatch(/^[A-Z]/);
      expect(definition.explanation.en).toMatch(/\.$/);
      expect(definition.explanation.zh).toMatch(/。$/);
      expect(definition.source.en).not.toBe('');
      expect(definition.version).toBeGreaterThanOrEqual(1);
    }
  });

  it('starts from the reference figures, each with its source', () => {
    // Under 30 % poor, from 40 % good; over 85 % occupancy cannot be kept up.
    expect(findDefinition('connect_rate')).toMatchObject({ thresholds: { warn: 0.4, bad: 0.3 }, goodDirection: 'up' });
    expect(findDefinition('occupancy')).toMatchObject({ thresholds: { warn: 0.85, bad: 0.85 } });
    expect(findDefinition('connect_rate')?.source.en).toContain('30 %');
  });

  it('docs/kpi.md is what the catalog says now', () => {
    expect(readFileSync(new URL('../../../docs/kpi.md', import.meta.url), 'utf8')).toBe(renderKpiDocument());
  });
});
