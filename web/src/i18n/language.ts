import type { Language } from '../format/index.js';

/** Which language to start in: asked for in the address, else remembered, else the browser's, else English. Pure. */
export function chooseLanguage(asked: string | null, remembered: string | null, browser: readonly string[]): Language {
  for (const wish of [asked, remembered, ...browser]) {
    const language = languageOf(wish);
    if (language) return language;
  }
  return 'en';
}

/** The interface's language for a BCP 47 tag, or null when there is none. */
export function languageOf(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split('-')[0];
  return primary === 'zh' || primary === 'en' ? primary : null;
}
