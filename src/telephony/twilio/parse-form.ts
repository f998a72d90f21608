/**
 * A form body as name–value pairs, decoded exactly as `URLSearchParams` does (WHATWG), in order, repetitions kept.
 * Body parsers that build objects are not used: they change `foo[bar]` and long repetitions, and with them the
 * signature. Bad input is an answer, not an exception.
 */

export const FORM_LIMITS = {
  bodyBytesMax: 64 * 1024,
  fieldsMax: 300,
  nameLengthMax: 256,
  valueLengthMax: 8 * 1024,
} as const;

export type FormErrorCode =
  | 'content_type_unsupported'
  | 'body_too_large'
  | 'body_not_utf8'
  | 'too_many_fields'
  | 'field_name_too_long'
  | 'field_value_too_long';

export type ParsedForm =
  | { ok: true; params: [string, string][] }
  | { ok: false; code: FormErrorCode /** Name of the offending field, at most 64 characters. */; field?: string };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param contentType value of the header; only `application/x-www-form-urlencoded` (UTF-8) is a form. */
export function parseForm(rawBody: Uint8Array, contentType: string | undefined): ParsedForm {
  if (!isForm(contentType)) return { ok: false, code: 'content_type_unsupported' };
  if (rawBody.length > FORM_LIMITS.bodyBytesMax) return { ok: false, code: 'body_too_large' };
  let text: string;
  try {
    text = utf8.decode(rawBody);
  } catch {
    return { ok: false, code: 'body_not_utf8' };
  }
  return parsePairs(text);
}

/** The same for a query string, without its `?`. */
export function parsePairs(text: string): ParsedForm {
  const params: [string, string][] = [];
  for (let from = 0, to = 0; from < text.length; from = to + 1) {
    to = text.indexOf('&', from);
    if (to === -1) to = text.length;
    if (to === from) continue;
    if (params.length === FORM_LIMITS.fieldsMax) return { ok: false, code: 'too_many_fields' };
    const sign = text.indexOf('=', from);
    const equals = sign === -1 || sign > to ? to : sign;
    const name = decode(text.slice(from, equals));
    if (name === null) return { ok: false, code: 'body_not_utf8' };
    if (name.length > FORM_LIMITS.nameLengthMax) {
      return { ok: false, code: 'field_name_too_long', field: name.slice(0, 64) };
    }
    const value = decode(text.slice(equals + 1, to));
    if (value === null) return { ok: false, code: 'body_not_utf8', field: name.slice(0, 64) };
    if (value.length > FORM_LIMITS.valueLengthMax) {
      return { ok: false, code: 'field_value_too_long', field: name.slice(0, 64) };
    }
    params.push([name, value]);
  }
  return { ok: true, params };
}

/** The header of one sender is always the same. */
let lastType: { contentType: string | undefined; form: boolean } = { contentType: undefined, form: false };

function isForm(contentType: string | undefined): boolean {
  if (lastType.contentType !== contentType) lastType = { contentType, form: readType(contentType) };
  return lastType.form;
}

function readType(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/x-www-form-urlencoded') return false;
  return parameters.every((parameter) => {
    const charset = /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(parameter)?.[1];
    return charset === undefined || charset === 'utf-8' || charset === 'utf8';
  });
}

/** Null when the percent-encoded bytes are not UTF-8 (WHATWG would put U+FFFD, which nobody signed or meant). */
function decode(token: string): string | null {
  const spaced = token.includes('+') ? token.replaceAll('+', ' ') : token;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return decodeLenient(spaced);
  }
}

/** A `%` that starts no escape stands for itself, as in WHATWG; `decodeURIComponent` throws on it. */
function decodeLenient(spaced: string): string | null {
  try {
    return decodeURIComponent(spaced.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
  } catch {
    return null;
  }
}
