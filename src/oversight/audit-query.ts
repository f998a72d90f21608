/** Query parameters of the audit log, checked; anything else is refused with the name of the field. Pure. */
import { z } from 'zod';
import { AppError } from '../platform/index.js';
import { AUDIT_ACTIONS, AUDIT_ACTOR_KINDS } from '../shared/audit.js';

export interface AuditFilter {
  /** Epoch ms, half-open. */
  from: number | null;
  to: number | null;
  actor: { kind: (typeof AUDIT_ACTOR_KINDS)[number]; id: number | null } | null;
  actions: readonly string[] | null;
  subject: { kind: string; id: string | null } | null;
  outcome: 'done' | 'refused' | null;
}

export interface AuditPageQuery extends AuditFilter {
  limit: number;
  /** Number of the last entry seen. */
  cursor: string | null;
}

const LIMIT_MAX = 200;
const AREAS = new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0] ?? ''));

const instant = z
  .string()
  .refine(
    (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
    'must be an ISO 8601 instant such as 2026-11-22T08:00:00Z',
  )
  .transform((text) => Date.parse(text));

const actor = z
  .string()
  .regex(
    /^(user|key|screen|system|anonymous)(:\d{1,9})?$/,
    'must be a kind (user, key, screen, system, anonymous) or, for one of them, kind:id',
  )
  .transform((text) => {
    const [name, id] = text.split(':');
    const kind = AUDIT_ACTOR_KINDS.find((known) => known === name) ?? 'anonymous';
    return { kind, id: id === undefined ? null : Number(id) };
  });

const actions = z.string().transform((text, context): string[] => {
  const wanted = text.split(',').map((part) => part.trim());
  const unknown = wanted.find((name) => !AREAS.has(name) && !AUDIT_ACTIONS.some((action) => action === name));
  if (unknown !== undefined || wanted.length > AUDIT_ACTIONS.length) {
    context.addIssue({ code: 'custom', message: 'must be names of actions or of their areas, comma-separated' });
    return z.NEVER;
  }
  return wanted.flatMap((name) => AUDIT_ACTIONS.filter((action) => action === name || action.startsWith(`${name}.`)));
});

const subject = z
  .string()
  .regex(/^[a-z_]{1,40}(:[^\s]{1,160})?$/, 'must be a kind such as team, or kind:id')
  .transform((text) => {
    const at = text.indexOf(':');
    return at < 0 ? { kind: text, id: null } : { kind: text.slice(0, at), id: text.slice(at + 1) };
  });

const filter = {
  from: instant.optional(),
  to: instant.optional(),
  actor: actor.optional(),
  action: actions.optional(),
  subject: subject.optional(),
  outcome: z.enum(['done', 'refused']).optional(),
};
const pageQuery = z.strictObject({
  ...filter,
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= 1 && n <= LIMIT_MAX, `must be 1 to ${LIMIT_MAX}`)
    .optional(),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'must be one this address gave out')
    .optional(),
});
const exportQuery = z.strictObject(filter);

type ParsedFilter = z.infer<typeof exportQuery>;

function asFilter({ from, to, actor, action, subject, outcome }: ParsedFilter): AuditFilter {
  return {
    from: from ?? null,
    to: to ?? null,
    actor: actor ?? null,
    actions: action ?? null,
    subject: subject ?? null,
    outcome: outcome ?? null,
  };
}

export function readPageQuery(query: unknown): AuditPageQuery {
  const parsed = parse(pageQuery, query);
  return { ...asFilter(parsed), limit: parsed.limit ?? 50, cursor: parsed.cursor ?? null };
}

export function readFilter(query: unknown): AuditFilter {
  return asFilter(parse(exportQuery, query));
}

function parse<T>(schema: z.ZodType<T>, query: unknown): T {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? (issue?.path.join('.') || 'query');
  const reason = unknown === undefined ? (issue?.message ?? 'is not valid') : 'is not a parameter of this address';
  throw new AppError('request_invalid', { field, params: { reason: `${field}: ${reason}` } });
}
