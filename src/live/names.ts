/** What of a name a board lets out. Pure. */
import type { NamePrivacy } from '../shared/boards.js';

const WORDS_MAX = 3;

export function shownName(name: string, privacy: NamePrivacy): string {
  switch (privacy) {
    case 'names':
      return name;
    case 'initials':
      return initialsOf(name);
    case 'off':
      return '';
  }
}

/** "Peng Lei" → "PL", "ada.wong@example.com" → "AW", "王小明" → "王". */
export function initialsOf(name: string): string {
  const [person = ''] = name.split('@');
  const words = person.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  return words
    .slice(0, WORDS_MAX)
    .map((word) => (firstCharacter(word) ?? '').toLocaleUpperCase('en'))
    .join('');
}

function firstCharacter(word: string): string | undefined {
  return [...word][0];
}
