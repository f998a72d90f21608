import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { AppError } from '../platform/index.js';
import { PASSWORD_MAX, PASSWORD_MIN } from '../shared/accounts.js';

/** 10^10 guesses: with argon2id in the way, years of a large machine for one password (zxcvbn's highest score). */
const GUESSES_LOG10_MIN = 10;
/** Longer ones are judged by their beginning: the time to judge grows with the square of the length. */
const JUDGED_CHARACTERS = 64;

/** What this market's people are known to choose and the list, made of western leaks, ranks too low. */
const HABITS = [
  'woaini',
  'woaiwo',
  'aini',
  'laopo',
  'laogong',
  'baobei',
  '5201314',
  '1314520',
  '520',
  '1314',
  '888',
  '666',
];

let judge: Promise<ZxcvbnFactory> | null = null;

/** The list takes some megabytes: loaded when the first password is chosen, not with the server. */
async function loadJudge(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

/**
 * Throws `password_too_short`, `password_too_long` or `password_common` (on a list of breached passwords, made of
 * keyboard rows, repeats, dates, or of what belongs to the person or the product). Any characters are welcome.
 */
export async function requireGoodPassword(
  password: string,
  person: { email: string; name: string },
  field = 'password',
): Promise<void> {
  const length = [...password].length;
  if (length < PASSWORD_MIN) throw new AppError('password_too_short', { field, params: { min: PASSWORD_MIN } });
  if (length > PASSWORD_MAX) throw new AppError('password_too_long', { field, params: { max: PASSWORD_MAX } });
  judge ??= loadJudge();
  const words = [person.email, ...`${person.email} ${person.name}`.split(/[\s@._+-]+/), 'tallyboard', ...HABITS];
  const known = words.filter((word) => word.length > 1);
  const { guessesLog10 } = (await judge).check(password.slice(0, JUDGED_CHARACTERS), known);
  // Digits alone are telephone numbers and dates, whatever their length.
  if (guessesLog10 < GUESSES_LOG10_MIN || /^\d+$/.test(password)) throw new AppError('password_common', { field });
}
