import { isIP } from 'node:net';
import { z } from 'zod';
import { oidcRoles } from './oidc-roles.js';

/**
 * Every setting, in the order people read them. docs/configuration.md is generated from this table, so a
 * setting that is not documented cannot exist.
 */
export interface Setting<T> {
  /** Turns the text of the variable into its value; its messages say what is wrong and how to fix it. */
  schema: z.ZodType<T, string>;
  /** Text used when the variable is unset or empty; `null` = the setting is then absent. */
  default: string | null;
  description: string;
  example: string;
  /** The value is never printed, not even in an error. */
  secret?: true;
}

function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.string().transform((text, context): T[number] => {
    const found = values.find((value) => value === text);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `must be one of ${values.join(', ')}` });
    return z.NEVER;
  });

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const url = (protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      const parsed = URL.parse(text);
      return parsed !== null && protocols.includes(parsed.protocol);
    },
    `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

const publicUrl = url(['http:', 'https:'])
  .refine((text) => !/[?#]/.test(text), 'must have no query and no fragment')
  .transform((text) => text.replace(/\/+$/, ''));

const issuer = url(['https:', 'http:'])
  .refine((text) => !/[?#]/.test(text), 'must have no query and no fragment')
  .refine(
    (text) => text.startsWith('https:') || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(text),
    'must start with https:// (http:// only on this machine)',
  );

const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Asia/Shanghai or Europe/Berlin');

const ROLES = ['api', 'worker'] as const;
export type Role = (typeof ROLES)[number];
const roles = z.string().transform((text, context): Role[] => {
  const named = listOf(text);
  const known = ROLES.filter((role) => named.includes(role));
  if (known.length === 0 || named.some((name) => !ROLES.some((role) => role === name))) {
    context.addIssue({ code: 'custom', message: 'must be api, worker, or api,worker' });
    return z.NEVER;
  }
  return known;
});

const proxies = z.string().transform((text, context): string[] => {
  const entries = listOf(text);
  const bad = entries.find((entry) => !isAddressOrRange(entry));
  if (bad === undefined) return entries;
  context.addIssue({
    code: 'custom',
    message: `must be IP addresses or ranges such as 10.0.0.0/8, comma-separated; "${bad}" is neither`,
  });
  return z.NEVER;
});

function isAddressOrRange(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

const secret = (minLength: number, exampleInDocs: string) =>
  z
    .string()
    .min(minLength, `must have at least ${minLength} characters`)
    .refine((text) => text !== exampleInDocs, 'must not be the example of the documentation')
    .refine((text) => new Set(text).size >= 5, 'is too easy to guess: too few different characters');

const allowedHosts = z.string().transform((text, context): string[] => {
  const hosts = listOf(text).map((host) => host.toLowerCase());
  const bad = hosts.find((host) => URL.parse(`http://${host}/`)?.pathname !== '/' || /[/@?#]/.test(host));
  if (bad === undefined) return hosts;
  context.addIssue({
    code: 'custom',
    message: `must be host names or host:port, comma-separated; "${bad}" is neither`,
  });
  return z.NEVER;
});

const tokens = z
  .string()
  .transform(listOf)
  .refine((all) => all.length > 0 && all.every((token) => token.length >= 16), {
    message: 'must be one or more auth tokens of at least 16 characters, comma-separated',
  });

const EXAMPLE_PASSWORD = 'a long sentence only you know';
const EXAMPLE_API_KEY = 'output-of-openssl-rand-hex-32-goes-here';

export const SETTINGS = {
  PORT: setting({
    schema: integer(0, 65_535),
    default: '3000',
    description: 'TCP port of the API, the webhooks and the web. 0 takes any free port.',
    example: '8080',
  }),
  HOST: setting({
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'must be an IP address or a host name'),
    default: '127.0.0.1',
    description:
      'Address to listen on. The default is reachable from this machine only; for other machines use 0.0.0.0 behind a proxy that ends TLS.',
    example: '0.0.0.0',
  }),
  DATA_DIR: setting({
    schema: z.string(),
    default: './data',
    description:
      'Directory of everything that is kept: the embedded database, the spool, the master key. `--demo` uses ./data-demo instead, and neither run touches the directory of the other.',
    example: '/var/lib/tallyboard',
  }),
  DATABASE_URL: setting({
    schema: url(['postgres:', 'postgresql:']),
    default: null,
    description: 'A PostgreSQL 15 or newer of your own. Unset: a real PostgreSQL is started and kept in DATA_DIR.',
    example: 'postgres://tallyboard:secret@db.example.net:5432/tallyboard',
    secret: true,
  }),
  DATABASE_POOL_MAX: setting({
    schema: integer(4, 200),
    default: '20',
    description: 'Most database connections of this process.',
    example: '40',
  }),
  REDIS_URL: setting({
    schema: url(['redis:', 'rediss:']),
    default: null,
    description:
      'Redis or Valkey for the queue of background work (exports, packs), instead of PostgreSQL. Give it `maxmemory-policy noeviction`. It is never the only place that knows of work: losing it loses nothing. Two installations need two databases of it.',
    example: 'redis://127.0.0.1:6379',
    secret: true,
  }),
  QUEUE: setting({
    schema: oneOf(['on', 'off']),
    default: 'on',
    description:
      'How background work is handed out: `on` through a queue on PostgreSQL (or on Redis with REDIS_URL), `off` by looking for it every second or two alone.',
    example: 'off',
  }),
  EXPORT_DIR: setting({
    schema: z.string(),
    default: null,
    description:
      'Directory of the files of exports. Default: DATA_DIR/exports. Processes of separate roles (ROLES) need the same one: a shared disk, when they are on several machines.',
    example: '/srv/shared/tallyboard-exports',
  }),
  EXPORT_KEEP_DAYS: setting({
    schema: integer(1, 90),
    default: '7',
    description: 'Days after which the file of an export is deleted.',
    example: '2',
  }),
  EXPORT_MAX_ROWS: setting({
    schema: integer(1, 100_000_000),
    default: '2000000',
    description: 'Most rows of one export of calls or outcomes; a longer list is refused before it begins.',
    example: '100000',
  }),
  EXPORTS_PER_PERSON: setting({
    schema: integer(1, 100),
    default: '3',
    description: 'Most exports of one person (or key) that wait or run at once.',
    example: '5',
  }),
  ROLES: setting({
    schema: roles,
    default: 'api,worker',
    description:
      'What this process does: `api` (HTTP, webhooks, boards), `worker` (folding, background jobs), or both.',
    example: 'api',
  }),
  PUBLIC_URL: setting({
    schema: publicUrl,
    default: null,
    description:
      'Address under which phone systems reach this server, without a trailing slash; a path prefix is allowed. Signatures are checked against it, so set it when a proxy is in front.',
    example: 'https://calls.example.com',
  }),
  TWILIO_AUTH_TOKEN: setting({
    schema: tokens,
    default: null,
    description:
      'Auth token of your Twilio account. During a rotation give both, comma-separated. Unset: Twilio webhooks are refused.',
    example: '0123456789abcdef0123456789abcdef',
    secret: true,
  }),
  ADMIN_EMAIL: setting({
    schema: z.string().regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address'),
    default: 'admin@tallyboard.local',
    description: 'Sign-in name of the first administrator.',
    example: 'ops@example.com',
  }),
  ADMIN_PASSWORD: setting({
    schema: secret(12, EXAMPLE_PASSWORD),
    default: null,
    description:
      'Password of the first administrator, at least 12 characters. Unset: one is generated at the first start and printed once.',
    example: EXAMPLE_PASSWORD,
    secret: true,
  }),
  API_KEY: setting({
    schema: secret(32, EXAMPLE_API_KEY),
    default: null,
    description: 'A key with every scope for scripts (`Authorization: Bearer …`), at least 32 characters.',
    example: EXAMPLE_API_KEY,
    secret: true,
  }),
  MASTER_KEY_FILE: setting({
    schema: z.string(),
    default: null,
    description:
      'File of the key that encrypts phone numbers and raw events. Default: DATA_DIR/master.key, made at the first start. Keep a copy outside database backups: without it numbers and raw events cannot be read. One key a line, the newest first (`tallyboard keys rotate`). Every process of one installation needs the same file.',
    example: '/etc/tallyboard/master.key',
  }),
  AUDIT_ANCHOR_FILE: setting({
    schema: z.string(),
    default: null,
    description:
      'File outside the database to which the head of the audit log is written at most once a second; `tallyboard audit verify` finds a log cut short against it. Default: DATA_DIR/audit.anchor. Best where the administrators of the database cannot write.',
    example: '/var/log/tallyboard/audit.anchor',
  }),
  OIDC_ISSUER: setting({
    schema: issuer,
    default: null,
    description:
      'Address of your provider of single sign-on (OpenID Connect), exactly as it names itself. With it OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_ROLES are needed. Register `<address of this server>/api/v1/session/oidc/callback` there as redirect URI.',
    example: 'https://login.example.com/realms/sales',
  }),
  OIDC_CLIENT_ID: setting({
    schema: z.string().max(200, 'must have at most 200 characters'),
    default: null,
    description: 'Name of this server at the provider of single sign-on.',
    example: 'tallyboard',
  }),
  OIDC_CLIENT_SECRET: setting({
    schema: z.string().min(8, 'must have at least 8 characters'),
    default: null,
    description: 'Secret of this server at the provider of single sign-on.',
    example: 'the-secret-the-provider-shows',
    secret: true,
  }),
  OIDC_NAME: setting({
    schema: z.string().max(40, 'must have at most 40 characters'),
    default: 'Single sign-on',
    description: 'What people call the provider; the text of its button on the sign-in page.',
    example: 'Example ID',
  }),
  OIDC_GROUPS_CLAIM: setting({
    schema: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be the name of a claim'),
    default: 'groups',
    description: 'Claim that lists the groups of a person, in the ID token or at the userinfo endpoint.',
    example: 'roles',
  }),
  OIDC_SCOPES: setting({
    schema: z
      .string()
      .regex(/^[\x21\x23-\x5b\x5d-\x7e ]{1,400}$/, 'must be scopes separated by spaces')
      .refine((text) => text.split(/ +/).includes('openid'), 'must contain openid'),
    default: 'openid profile email',
    description: 'What the provider is asked for; add the scope that brings the groups, where it needs one.',
    example: 'openid profile email groups',
  }),
  OIDC_ROLES: setting({
    schema: oidcRoles,
    default: null,
    description:
      'Which group gets which role: `group=role` or `group=supervisor:Team name`, comma-separated; roles are agent, supervisor, ops, auditor, admin. The strongest of a person’s groups counts (in this order, admin last), supervisors lead the teams of all their groups. Somebody without such a group does not get in. Role and teams are set at each sign-in.',
    example: 'tally-admins=admin,floor-north=supervisor:North,agents=agent',
  }),
  TRUSTED_PROXIES: setting({
    schema: proxies,
    default: '',
    description:
      'Addresses or ranges of your own proxies, comma-separated. Forwarded headers count only when they come from one of these.',
    example: '10.0.0.5,192.168.0.0/16',
  }),
  ORG_TIME_ZONE: setting({
    schema: timeZone,
    default: 'Asia/Shanghai',
    description:
      'Time zone in which the organisation counts its days. A demo keeps the one of its first start; if none was set then, one in which it was daytime.',
    example: 'Europe/Berlin',
  }),
  ORG_COUNTRY: setting({
    schema: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals such as CN or DE'),
    default: 'CN',
    description: 'Country by which phone numbers without a country code are read.',
    example: 'DE',
  }),
  ORG_CURRENCY: setting({
    schema: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three capitals such as CNY or EUR'),
    default: 'CNY',
    description: 'Currency of sales when nothing else is said.',
    example: 'EUR',
  }),
  SPOOL_MAX_MB: setting({
    schema: integer(1, 1_000_000),
    default: '1024',
    description:
      'Most megabytes of events kept on disk while the database is away; beyond it webhooks are answered 503 so that the sender retries.',
    example: '4096',
  }),
  SMTP_URL: setting({
    schema: url(['smtp:', 'smtps:']),
    default: null,
    description:
      'Mail server for scheduled reports, with the name and password to sign in with. `smtps://` is TLS from the start (port 465), `smtp://` turns to TLS where the server offers it; add `?requireTLS=true` to insist. Needs MAIL_FROM.',
    example: 'smtps://reports%40example.com:secret@smtp.example.com:465',
    secret: true,
  }),
  MAIL_FROM: setting({
    schema: z
      .string()
      .max(320, 'must have at most 320 characters')
      .regex(
        /^([^<>\p{Cc}]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/u,
        'must be an e-mail address, with a name if you like',
      ),
    default: null,
    description: 'Sender of scheduled reports. Needs SMTP_URL.',
    example: 'Tallyboard <reports@example.com>',
  }),
  OUTBOUND_ALLOW: setting({
    schema: allowedHosts,
    default: '',
    description:
      'Hosts inside your network that scheduled reports may be sent to, as `host` or `host:port`, comma-separated; those may also be http. Everything else must be https and an address of the internet.',
    example: 'hooks.intranet.example:8443',
  }),
  LOG_LEVEL: setting({
    schema: oneOf(['fatal', 'error', 'warn', 'info', 'debug']),
    default: 'info',
    description: 'Least severe log line written: fatal, error, warn, info or debug.',
    example: 'debug',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = {
  [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T | null : never;
};
