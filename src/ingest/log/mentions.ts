/** Phone numbers anywhere in a received request, also where no translator looks: for erasing one. Pure. */
import { readNumber } from '../../customers/index.js';
import type { RawRequest } from '../translators.port.js';

/** A run of digits a number could be, with what people put between them. */
const DIGITS = /[+＋]?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd}){5,31}/gu;

/** Names and values of the query and the body, decoded; and the body as it is, for what is no form. */
export function valuesOf({ target, body }: Pick<RawRequest, 'target' | 'body'>): string[] {
  const text = body.toString('utf8');
  const question = target.indexOf('?');
  const pairs = [
    ...new URLSearchParams(question === -1 ? '' : target.slice(question + 1)),
    ...new URLSearchParams(text),
  ];
  return [...new Set([...pairs.flat(), text])];
}

/** Every number the request could mean, normalised like those of events. */
export function numbersMentioned(request: Pick<RawRequest, 'target' | 'body'>, country: string): Set<string> {
  const numbers = new Set<string>();
  const add = (text: string): void => {
    const read = readNumber(text, country);
    if (read.kind === 'tel') numbers.add(read.number);
  };
  for (const value of valuesOf(request)) {
    if (value.length <= 64) add(value);
    for (const [run] of value.matchAll(DIGITS)) {
      add(run);
      // The country's code without its sign, or behind a trunk prefix, is read by the library; spaces are not.
      add(run.replace(/[^\p{Nd}+＋]/gu, ''));
    }
  }
  return numbers;
}
