/** Sets to begin with. The first is the example this product began with (kpi.md section 5). */
import type { TargetTemplate } from '../../shared/targets.js';

export const TEMPLATES: readonly TargetTemplate[] = [
  {
    id: 'calls-50',
    name: { en: '50 calls a day', zh: '每日 50 通' },
    explanation: {
      en: '50 dials a day, calls of 5 minutes count as effective, one sale in ten connects. Set the threshold of effective calls to 300 s in the campaign.',
      zh: '每人每日拨打 50 通，通话满 5 分钟计为有效通话，每 10 次接通成交 1 单。请在项目设置中将有效通话阈值设为 300 秒。',
    },
    effectiveSeconds: 300,
    targets: [
      { kpi: 'dials', period: 'day', value: 50 },
      { kpi: 'conversion_rate', period: 'day', value: 0.1 },
    ],
  },
  {
    id: 'volume-200',
    name: { en: '200 short calls a day', zh: '每日 200 通快呼' },
    explanation: {
      en: 'For lists that are worked through quickly: many dials, calls of 30 seconds count as effective, two hours of talk.',
      zh: '适用于快速过名单：高拨打量，通话满 30 秒计为有效通话，每日通话 2 小时。',
    },
    effectiveSeconds: 30,
    targets: [
      { kpi: 'dials', period: 'day', value: 200 },
      { kpi: 'talk_s', period: 'day', value: 7200 },
      { kpi: 'contact_rate', period: 'day', value: 0.25 },
    ],
  },
  {
    id: 'callbacks',
    name: { en: 'Care of promised callbacks', zh: '预约回访' },
    explanation: {
      en: 'For teams that live on callbacks: nine of ten kept in time, and a sale in one of five contacts.',
      zh: '适用于以回访为主的团队：预约回访达成率 90%，每 5 次有效接触成交 1 单。',
    },
    effectiveSeconds: 90,
    targets: [
      { kpi: 'callback_kept_rate', period: 'week', value: 0.9 },
      { kpi: 'conversion_contact', period: 'week', value: 0.2 },
    ],
  },
];
