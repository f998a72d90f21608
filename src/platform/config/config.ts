import { join, resolve } from 'node:path';
import { AppError } from '../errors/index.js';
import type { OidcRole } from './oidc-roles.js';
import { type Role, SETTINGS, type Setting, type SettingName, type SettingValues } from './settings.js';

/** Everything the environment says, checked. Paths are absolute. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** null = embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | null;
  databasePoolMax: number;
  redisUrl: string | null;
  queue: 'on' | 'off';
  exportDir: string;
  exportKeepDays: number;
  exportMaxRows: number;
  exportsPerPerson: number;
  roles: Role[];
  /** Without a trailing slash; null = guessed from each request. */
  publicUrl: string | null;
  /** Empty = Twilio is not set up. */
  twilioAuthTokens: string[];
  adminEmail: string;
  adminPassword: string | null;
  apiKey: string | null;
  masterKeyFile: string;
  /** null = DATA_DIR/audit.anchor. */
  auditAnchorFile: string | null;
  /** null = no single sign-on. */
  oidc: OidcConfig | null;
  trustedProxies: string[];
  orgTimeZone: string;
  orgCountry: string;
  orgCurrency: string;
  spoolMaxBytes: number;
  /** null = no mail. */
  smtpUrl: string | null;
  mailFrom: string | null;
  /** `host` or `host:port`, lower case. */
  outboundAllow: string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  demo: boolean;
}

/** A provider of single sign-on. */
export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Text of its button. */
  name: string;
  groupsClaim: string;
  scopes: string;
  roles: OidcRole[];
}

export interface LoadOptions {
  demo?: boolean;
  /** Directory that relative paths start from. */
  cwd?: string;
}

type Environment = Record<string, string | undefined>;

/** The process's environment: the only place that reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Reads and checks all settings; throws one `config_invalid` that lists every problem. */
export function loadConfig(env: Environment = processEnvironment(), options: LoadOptions = {}): Config {
  const demo = options.demo ?? false;
  const problems: string[] = [];
  const values = readAll(env, problems);
  if (demo && values.DATABASE_URL !== null) {
    problems.push('DATABASE_URL must not be set with --demo: a demo keeps to its own embedded database.');
  }
  if ((values.SMTP_URL === null) !== (values.MAIL_FROM === null) && problems.length === 0) {
    problems.push(`${values.SMTP_URL === null ? 'SMTP_URL' : 'MAIL_FROM'}: needed for mail as well.`);
  }
  const oidc = readOidc(values, problems);
  if (problems.length > 0) {
    throw new AppError('config_invalid', { params: { problems: problems.map((line) => `  - ${line}`).join('\n') } });
  }
  const given = <Name extends SettingName>(name: Name) => present(values, name);
  const cwd = options.cwd ?? process.cwd();
  const dataDir = resolve(cwd, demo && !env.DATA_DIR ? './data-demo' : given('DATA_DIR'));
  return {
    port: given('PORT'),
    host: given('HOST'),
    dataDir,
    databaseUrl: values.DATABASE_URL,
    databasePoolMax: given('DATABASE_POOL_MAX'),
    redisUrl: values.REDIS_URL,
    queue: given('QUEUE'),
    exportDir: values.EXPORT_DIR === null ? join(dataDir, 'exports') : resolve(cwd, values.EXPORT_DIR),
    exportKeepDays: given('EXPORT_KEEP_DAYS'),
    exportMaxRows: given('EXPORT_MAX_ROWS'),
    exportsPerPerson: given('EXPORTS_PER_PERSON'),
    roles: given('ROLES'),
    publicUrl: values.PUBLIC_URL,
    twilioAuthTokens: values.TWILIO_AUTH_TOKEN ?? [],
    adminEmail: given('ADMIN_EMAIL'),
    adminPassword: values.ADMIN_PASSWORD,
    apiKey: values.API_KEY,
    masterKeyFile: values.MASTER_KEY_FILE === null ? join(dataDir, 'master.key') : resolve(cwd, values.MASTER_KEY_FILE),
    auditAnchorFile: values.AUDIT_ANCHOR_FILE === null ? null : resolve(cwd, values.AUDIT_ANCHOR_FILE),
    oidc,
    trustedProxies: values.TRUSTED_PROXIES ?? [],
    orgTimeZone: given('ORG_TIME_ZONE'),
    orgCountry: given('ORG_COUNTRY'),
    orgCurrency: given('ORG_CURRENCY'),
    spoolMaxBytes: given('SPOOL_MAX_MB') * 1024 * 1024,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    outboundAllow: values.OUTBOUND_ALLOW ?? [],
    logLevel: given('LOG_LEVEL'),
    demo,
  };
}

function readAll(env: Environment, problems: string[]): SettingValues {
  const entries = (Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]).map(([name, setting]) => {
    const text = env[name]?.trim() || setting.default;
    if (text === null) return [name, null];
    const result = setting.schema.safeParse(text);
    if (result.success) return [name, result.data];
    const shown = setting.secret ? 'its value' : `"${text}"`;
    const why = result.error.issues[0]?.message ?? 'is not usable';
    problems.push(`${name}: ${shown} ${why}. Example: ${name}=${setting.example}`);
    return [name, null];
  });
  return Object.fromEntries(entries) as SettingValues;
}

/** All of it or nothing: half a setup would look like a sign-in that never works. */
function readOidc(values: SettingValues, problems: string[]): OidcConfig | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_ROLES: roles } = values;
  const parts = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_ROLES: roles };
  const missing = Object.entries(parts).filter(([, value]) => value === null);
  if (missing.length === Object.keys(parts).length) return null;
  if (issuer === null || clientId === null || clientSecret === null || roles === null) {
    // A value that is there but wrong is a problem of its own already.
    const unset = missing.filter(([name]) => !problems.some((problem) => problem.startsWith(`${name}:`)));
    if (unset.length > 0)
      problems.push(`${unset.map(([name]) => name).join(', ')}: needed for single sign-on as well.`);
    return null;
  }
  if (problems.length > 0) return null;
  const name = present(values, 'OIDC_NAME');
  const groupsClaim = present(values, 'OIDC_GROUPS_CLAIM');
  return { issuer, clientId, clientSecret, name, groupsClaim, scopes: present(values, 'OIDC_SCOPES'), roles };
}

/** A setting with a default is never absent once all problems are ruled out. */
function present<Name extends SettingName>(values: SettingValues, name: Name): NonNullable<SettingValues[Name]> {
  const value = values[name];
  if (value === null || value === undefined) throw new AppError('config_invalid', { params: { problems: name } });
  return value;
}

/** Whether the person at the terminal reads Chinese, as the system's own settings say. */
export function speaksChinese(env: Environment = processEnvironment()): boolean {
  return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '');
}

/** `ORG_TIME_ZONE` where somebody set it, and the zone of this machine's clock. */
export function zonesHere(env: Environment = processEnvironment()): { chosen: string | null; machine: string } {
  return { chosen: env.ORG_TIME_ZONE?.trim() || null, machine: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** Whether `npm start` (or another npm script) runs us. */
export function startedByNpm(env: Environment = processEnvironment()): boolean {
  return env.npm_lifecycle_event !== undefined;
}
