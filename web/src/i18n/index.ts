import i18next, { type i18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Localised } from '../../../src/shared/api.js';
import { type Language, localeOf } from '../format/index.js';
import { chooseLanguage, languageOf } from './language.js';

const REMEMBERED = 'tallyboard.language';

type Messages = Record<string, unknown>;

/** What every screen needs, the wallboard included. */
const messages: Record<Language, () => Promise<{ default: Messages }>> = {
  en: () => import('./en.json'),
  zh: () => import('./zh.json'),
};

/** What only desk pages need, a file an area (`areas/people.en.json`, texts under the key `people`): not loaded by a TV. */
const areaFiles = import.meta.glob<{ default: Messages }>('./areas/*.json');
let areasWanted = false;

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // Storage can be forbidden; the choice is then not remembered.
  }
}

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const { default: bundle } = await messages[language]();
    i18next.addResourceBundle(language, 'translation', bundle);
  }
  // Also where the language is here already: a wall brought it along, which wants no areas.
  if (areasWanted) await loadAreas(language);
}

async function loadAreas(language: Language): Promise<void> {
  const files = Object.entries(areaFiles).filter(([file]) => file.endsWith(`.${language}.json`));
  const bundles = await Promise.all(files.map(([, open]) => open()));
  for (const { default: bundle } of bundles) i18next.addResourceBundle(language, 'translation', bundle, true);
}

/** Desk pages wait for this once; later switches of the language bring their areas along. */
export async function wantAreas(): Promise<void> {
  areasWanted = true;
  await loadAreas(languageOf(i18next.language) ?? 'en');
}

function showOnPage(language: Language): void {
  document.documentElement.lang = localeOf(language);
}

/** Must be awaited before the first render. */
export async function startI18n(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang');
  const language = chooseLanguage(asked, remembered(), navigator.languages);
  const { default: bundle } = await messages[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: bundle } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  showOnPage(language);
}

/** Switches the interface and remembers the choice. */
export async function switchLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  showOnPage(language);
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // See `remembered`.
  }
}

/** For what has a language of its own, e.g. a wall that hangs in a Chinese office and is arranged from an English desk. */
const instances = new Map<Language, Promise<i18n>>();

/** i18next in one language, whatever the page's is; shares the texts, remembers nothing. */
export function instanceIn(language: Language): Promise<i18n> {
  const held = instances.get(language);
  if (held) return held;
  const made = load(language).then(() => i18next.cloneInstance({ lng: language }));
  made.catch(() => instances.delete(language));
  instances.set(language, made);
  return made;
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languageOf(i18n.language) ?? 'en';
}

/** Texts that come from the server in both languages. */
export function useLocalised(): (text: Localised) => string {
  const language = useLanguage();
  return (text) => text[language];
}
