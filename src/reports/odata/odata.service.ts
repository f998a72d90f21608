/** Answers of the feed as text: what a client reads, with the addresses it reads on. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator, actorOf, factsOf, principalOf } from '../../access/index.js';
import { AppError, jsonInTurns, type Keys } from '../../platform/index.js';
import { Feed } from './feed.js';
import { renderMetadata } from './metadata.js';
import { callSets } from './model/call-sets.js';
import type { EntitySet, Property } from './model/entity-set.js';
import { KPI_BY_AGENT_DAY, KPI_BY_AGENT_INTERVAL, KPI_BY_DAY, KPI_BY_INTERVAL } from './model/kpi-sets.js';
import { AGENTS, CAMPAIGNS, TEAMS } from './model/name-sets.js';
import { TARGETS } from './model/target-set.js';
import { type RawOptions, readCountOptions, readListOptions, readNoOptions, readOneOptions } from './query-options.js';
import type { ReadingNotes } from './reading-notes.js';
import { contentTypeOf, type Representation, representationOf, requireXml } from './representation.js';
import { OdataError } from './syntax/odata-error.js';

export const ROOT = 'odata/v4';

export class OdataService {
  readonly sets: readonly EntitySet[];
  private readonly metadataXml: string;

  constructor(
    keys: Keys,
    private readonly feed: Feed,
    private readonly authenticator: Authenticator,
    private readonly notes: ReadingNotes,
  ) {
    const kpis = [KPI_BY_DAY, KPI_BY_INTERVAL, KPI_BY_AGENT_DAY, KPI_BY_AGENT_INTERVAL];
    this.sets = [...kpis, AGENTS, TEAMS, CAMPAIGNS, ...callSets(keys), TARGETS];
    this.metadataXml = renderMetadata(this.sets);
  }

  /** The sets whoever asks may read. */
  serviceDocument(request: FastifyRequest, reply: FastifyReply): string {
    const options = optionsOf(request);
    readNoOptions(options);
    const form = representationOf(request.headers, options.$format);
    const permissions = principalOf(request)?.permissions;
    const seen = this.sets.filter(({ permission }) => permissions?.has(permission));
    const value = seen.map(({ name }) => ({ name, kind: 'EntitySet', url: name }));
    return this.answer(reply, form, { ...this.context(request, form, ''), value });
  }

  metadata(request: FastifyRequest, reply: FastifyReply): string {
    const options = optionsOf(request);
    readNoOptions(options);
    requireXml(request.headers, options.$format);
    reply.header('odata-version', '4.0').type('application/xml;charset=utf-8');
    return this.metadataXml;
  }

  async list(name: string, request: FastifyRequest, reply: FastifyReply): Promise<Buffer> {
    const set = this.setOf(name);
    const options = optionsOf(request);
    const form = representationOf(request.headers, options.$format);
    const query = readListOptions(options, set);
    const page = await this.feed.page(set, query, { ...form, scope: scopeOf(request) });
    this.notes.note(actorOf(request), name);
    if (form.preferred) reply.header('preference-applied', `odata.maxpagesize=${form.pageSize}`);
    const body = await jsonInTurns({
      ...this.context(request, form, `#${name}${selected(query.select)}`),
      ...(page.count === null ? {} : { '@odata.count': form.asText ? String(page.count) : page.count }),
      value: page.rows,
      ...(page.next === null ? {} : { '@odata.nextLink': this.nextLink(request, name, options, page.next) }),
    });
    reply.header('odata-version', '4.0').type(contentTypeOf(form));
    return body;
  }

  async count(name: string, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const set = this.setOf(name);
    const count = await this.feed.count(set, readCountOptions(optionsOf(request)), scopeOf(request));
    this.notes.note(actorOf(request), name);
    reply.header('odata-version', '4.0').type('text/plain;charset=utf-8');
    return String(count);
  }

  async one(name: string, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const set = this.setOf(name);
    const options = optionsOf(request);
    const form = representationOf(request.headers, options.$format);
    const select = readOneOptions(options, set);
    const row = await this.feed.one(set, keyIn(request, name), select, { ...form, scope: scopeOf(request) });
    this.notes.note(actorOf(request), name);
    const context = this.context(request, form, `#${name}${selected(select)}/$entity`);
    return this.answer(reply, form, { ...context, ...row });
  }

  private setOf(name: string): EntitySet {
    const set = this.sets.find((one) => one.name === name);
    if (set === undefined) throw new OdataError('odata_resource_unknown', null);
    return set;
  }

  private rootOf(request: FastifyRequest): string {
    return `${this.authenticator.originOf(factsOf(request))}/${ROOT}`;
  }

  private context(request: FastifyRequest, form: Representation, of: string): Record<string, string> {
    return form.metadata === 'none' ? {} : { '@odata.context': `${this.rootOf(request)}/$metadata${of}` };
  }

  private answer(reply: FastifyReply, form: Representation, body: object): string {
    reply.header('odata-version', '4.0').type(contentTypeOf(form));
    return JSON.stringify(body);
  }

  /** The same query behind the last row; how many were skipped and are still wanted is in the token. */
  private nextLink(request: FastifyRequest, name: string, options: RawOptions, token: string): string {
    const kept = Object.entries(options).filter(([key]) => !['$skip', '$top', '$count', '$skiptoken'].includes(key));
    const pairs = [...kept, ['$skiptoken', token] as const].flatMap(([key, value]) =>
      typeof value === 'string' ? [`${escaped(key)}=${escaped(value)}`] : [],
    );
    return `${this.rootOf(request)}/${name}?${pairs.join('&')}`;
  }
}

/** `$` is readable, and stays. */
const escaped = (text: string): string => encodeURIComponent(text).replaceAll('%24', '$');

const selected = (select: readonly Property[] | null): string =>
  select === null ? '' : `(${select.map(({ name }) => name).join(',')})`;

function optionsOf(request: FastifyRequest): RawOptions {
  return typeof request.query === 'object' && request.query !== null ? (request.query as RawOptions) : {};
}

function scopeOf(request: FastifyRequest) {
  const principal = principalOf(request);
  if (principal === null) throw new AppError('unauthenticated');
  return principal.scope;
}

/** Between the brackets of `Agents(3)`. */
function keyIn(request: FastifyRequest, name: string): string {
  const path = request.url.split('?', 1)[0] ?? '';
  const open = path.indexOf(`${name}(`);
  if (open < 0 || !path.endsWith(')')) throw new OdataError('odata_resource_unknown', null);
  try {
    return decodeURIComponent(path.slice(open + name.length + 1, -1));
  } catch {
    throw new OdataError('odata_resource_unknown', null);
  }
}
