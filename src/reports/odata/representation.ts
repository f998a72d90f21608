/** What a client wants the answer to look like: $format, Accept, Prefer, OData-MaxVersion. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import { PAGE_SIZE_MAX } from './feed.js';
import { OdataError } from './syntax/odata-error.js';

export interface Representation {
  metadata: 'minimal' | 'none';
  /** 64-bit and decimal numbers as text. */
  asText: boolean;
  pageSize: number;
  /** `odata.maxpagesize` was asked for, and is kept. */
  preferred: boolean;
}

/** Throws `odata_version_unsupported`, `odata_format_unsupported`. */
export function representationOf(headers: IncomingHttpHeaders, format: unknown): Representation {
  requireVersion(headers);
  const wanted = typeof format === 'string' && format !== '' ? formatOf(format) : acceptOf(headers.accept);
  if (wanted === null) throw unsupported('application/json', format !== undefined);
  const size = pageSizeOf(headers.prefer);
  return {
    metadata: /odata\.metadata=none/i.test(wanted) ? 'none' : 'minimal',
    asText: /ieee754compatible=true/i.test(wanted),
    pageSize: Math.min(size ?? PAGE_SIZE_MAX, PAGE_SIZE_MAX),
    preferred: size !== null,
  };
}

/** $metadata is XML. */
export function requireXml(headers: IncomingHttpHeaders, format: unknown): void {
  requireVersion(headers);
  const accept = headers.accept ?? '';
  const isXml = (text: string): boolean => /^(xml|application\/xml|text\/xml)\b/i.test(text.trim());
  const named = typeof format === 'string' && format !== '';
  // Clients ask for everything as JSON, the metadata too: only somebody who names another format is refused.
  if (named ? !isXml(format) : accept !== '' && !/xml|\*\/\*|json/i.test(accept))
    throw unsupported('application/xml', named);
}

export function contentTypeOf({ metadata, asText }: Representation): string {
  return `application/json;odata.metadata=${metadata}${asText ? ';IEEE754Compatible=true' : ''};charset=utf-8`;
}

function requireVersion(headers: IncomingHttpHeaders): void {
  for (const name of ['odata-maxversion', 'odata-version'] as const) {
    const given = headers[name];
    if (typeof given === 'string' && !/^4\.\d+/.test(given.trim())) {
      throw new OdataError('odata_version_unsupported', null, { field: name });
    }
  }
}

function formatOf(format: string): string | null {
  return /^(json|application\/json)\s*(;|$)/i.test(format.trim()) ? format : null;
}

/** The first of the acceptable forms that is JSON. */
function acceptOf(accept: string | undefined): string | null {
  if (accept === undefined || accept.trim() === '') return '';
  const forms = accept.split(',').filter((form) => !/;\s*q=0(\.0+)?\s*(;|$)/i.test(form));
  return forms.find((form) => /^\s*(application\/json|application\/\*|\*\/\*)\s*(;|$)/i.test(form)) ?? null;
}

function pageSizeOf(prefer: string | string[] | undefined): number | null {
  const text = Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '');
  const found = /(?:^|[,;\s])(?:odata\.)?maxpagesize\s*=\s*"?(\d{1,9})"?/i.exec(text)?.[1];
  const size = found === undefined ? 0 : Number(found);
  return size > 0 ? size : null;
}

function unsupported(allowed: string, named: boolean): OdataError {
  return new OdataError('odata_format_unsupported', null, { field: named ? '$format' : 'accept', params: { allowed } });
}
