import type { Localised } from '../../shared/api.js';

/** Reference figures that settings start from. All editable; each says where it comes from. */

/** Talk from which a call is effective, seconds; a campaign setting. */
export const EFFECTIVE_SECONDS_DEFAULT = 300;
export const EFFECTIVE_SECONDS_IN_USE = [30, 60, 90, 300] as const;

/** Connect rate: under 30 % poor, 40–60 % good, 70 % and more on targeted lists. */
export const CONNECT_RATE_PRESET = { warn: 0.4, bad: 0.3 };
export const CONNECT_RATE_PRESET_SOURCE: Localised = {
  en: 'Preset from published practice of outbound teams in China: under 30 % poor, 40–60 % good, 70 % and more on targeted lists (sioo.com.cn/yewudongtai/967.html)',
  zh: '预设值取自国内外呼团队公开的经验：低于 30% 偏低，40%–60% 良好，精准名单可达 70% 以上（sioo.com.cn/yewudongtai/967.html）',
};

/** Occupancy: over 85 % is not sustainable; a ceiling. */
export const OCCUPANCY_PRESET = { warn: 0.85, bad: 0.85 };
export const OCCUPANCY_PRESET_SOURCE: Localised = {
  en: 'Preset: more than 85 % cannot be kept up (fonolo.com, “4 pitfalls when measuring occupancy rate”, 2016)',
  zh: '预设值：超过 85% 难以持续（fonolo.com《4 pitfalls when measuring occupancy rate》，2016）',
};

/** Seconds in one state at which its colour steps up. Source: the real-time report of VICIdial. */
export const STATE_TIME_STEPS_SECONDS = {
  waiting: [30, 60, 300],
  inCall: [10, 60, 300],
  paused: [10, 60, 300, 600, 900],
} as const;
