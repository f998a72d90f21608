import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Verification of `X-Twilio-Signature`: base64(HMAC-SHA1(token, url + Σ name + value)), names sorted by UTF-16 unit,
 * repeated names with their distinct values sorted.
 *
 * Why not the `twilio` package's `validateRequest`: it takes one token (a rotation needs two), throws on a malformed
 * URL, turns repeated names into whatever the body parser made of them, and lower-cases the host through `new URL()`,
 * so that it accepts a host Twilio did not sign. What it does that we do too: the URL is tried as given, without its
 * port and with the standard port, because Twilio's own back ends differ; and `'` in the query may have been signed
 * as `%27`. The signatures in the tests are made by that package.
 *
 * The scheme has neither a timestamp nor delimiters: a replay verifies for ever, and `CallDuration=49` verifies as
 * `CallDuration4=9`. Both are answered by the deduplication key, which is made of exactly the signed content
 * (translate.ts): a replay, re-split or not, is a duplicate.
 */

const SIGNATURE_LENGTH = 28;
const BODY_HASH_PARAMETER = 'bodySHA256';

/** Decoded pairs in any order. */
type Params = readonly (readonly [string, string])[];

export interface FormSignatureCheck {
  /** The URL the provider requested: scheme, host, path and query exactly as sent; no fragment. */
  url: string;
  /** Decoded parameters of the form body, in any order. */
  params: Params;
  /** Value of the header; anything that is not a signature is simply false. */
  signature: string;
  /** Accepted tokens, most likely first: several during a rotation. */
  tokens: readonly string[];
}

export interface BodySignatureCheck {
  url: string;
  rawBody: Uint8Array;
  signature: string;
  tokens: readonly string[];
}

/** True when one of the tokens signed this form request. Never throws. */
export function verifyTwilioSignature(check: FormSignatureCheck): boolean {
  return matchesAnyUrl(check.url, signedContent(check.params), check.signature, check.tokens);
}

/** True when one of the tokens signed this URL, and the URL's `bodySHA256` is the hash of the body. Never throws. */
export function verifyTwilioBodySignature(check: BodySignatureCheck): boolean {
  const queryStart = check.url.indexOf('?');
  if (queryStart === -1) return false;
  const claimed = new URLSearchParams(check.url.slice(queryStart + 1)).get(BODY_HASH_PARAMETER);
  if (claimed === null) return false;
  const actual = createHash('sha256').update(check.rawBody).digest('hex');
  return equalText(claimed, actual) && matchesAnyUrl(check.url, '', check.signature, check.tokens);
}

/** The part of the signed text that comes from parameters: sorted, repeated pairs once, no delimiters. */
export function signedContent(params: Params): string {
  if (params.length === 0) return '';
  if (latest?.params !== params) latest = { params, content: contentOf(params) };
  return latest.content;
}

/** The check of the signature and the deduplication key ask for the same one, one after the other. */
let latest: { params: Params; content: string } | null = null;

function contentOf(params: Params): string {
  const order = orderOf(params);
  if (order === null) return contentWithRepetitions(params);
  let content = '';
  for (const at of order) {
    const [name, value] = params[at] ?? ['', ''];
    content += name + value;
  }
  return content;
}

interface Order {
  names: readonly string[];
  /** Positions in the order of their names. */
  sorted: readonly number[];
}

/**
 * Callbacks of one kind have the same parameters in the same order: to compare them with those of lately costs a fraction
 * of sorting them.
 */
const ORDERS_KEPT = 8;
const orders: Order[] = [];

/** Null where a name comes twice. */
function orderOf(params: Params): readonly number[] | null {
  for (const order of orders) if (sameNames(order.names, params)) return order.sorted;
  const names = params.map(([name]) => name);
  if (new Set(names).size < names.length) return null;
  // By UTF-16 code unit, which is what is signed.
  const sorted = names.map((_, at) => at).sort((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1));
  orders.unshift({ names, sorted });
  orders.length = Math.min(orders.length, ORDERS_KEPT);
  return sorted;
}

function sameNames(names: readonly string[], params: Params): boolean {
  if (names.length !== params.length) return false;
  for (let at = 0; at < names.length; at++) if (names[at] !== params[at]?.[0]) return false;
  return true;
}

function contentWithRepetitions(params: Params): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of params) values.set(name, (values.get(name) ?? new Set()).add(value));
  let content = '';
  for (const name of [...values.keys()].sort()) {
    for (const value of [...(values.get(name) ?? [])].sort()) content += name + value;
  }
  return content;
}

function matchesAnyUrl(url: string, content: string, signature: string, tokens: readonly string[]): boolean {
  if (signature.length !== SIGNATURE_LENGTH) return false;
  // As given is right nearly always: the other spellings are only made when it was not.
  for (const token of tokens) if (matches(url + content, signature, token)) return true;
  for (const candidate of otherSpellings(url)) {
    for (const token of tokens) if (matches(candidate + content, signature, token)) return true;
  }
  return false;
}

function matches(signedText: string, signature: string, token: string): boolean {
  if (token === '') return false;
  return equalText(signature, createHmac('sha1', token).update(signedText, 'utf8').digest('base64'));
}

function equalText(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

function otherSpellings(url: string): string[] {
  const ports = [url, ...otherPort(url)];
  const spellings = ports.slice(1);
  for (const candidate of ports) {
    const query = candidate.indexOf('?');
    if (query !== -1 && candidate.includes("'", query)) {
      spellings.push(candidate.slice(0, query) + candidate.slice(query).replaceAll("'", '%27'));
    }
  }
  return spellings;
}

/** The URL without its port, or with the standard one where it has none. `new URL()` is avoided: it re-encodes. */
function otherPort(url: string): string[] {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url);
  if (match === null) return [];
  const [prefix, scheme = '', authority = ''] = match;
  const rest = url.slice(prefix.length);
  // A colon starts a port only after the user info and the closing bracket of an IPv6 literal.
  const hostStart = Math.max(authority.lastIndexOf('@'), authority.lastIndexOf(']')) + 1;
  const colon = authority.indexOf(':', hostStart);
  if (colon !== -1) return [`${scheme}://${authority.slice(0, colon)}${rest}`];
  const port = scheme.toLowerCase() === 'https' ? 443 : 80;
  return [`${scheme}://${authority}:${port}${rest}`];
}
