/** Destinations as they are kept: addresses and secrets sealed, what may be seen of them apart. */
import { AppError, type Keys, type Outbound, secureBytes } from '../../../platform/index.js';
import type { DestinationInput, DestinationKind, DestinationView } from '../../../shared/schedules.js';
import { WEBHOOK_SECRET_BYTES, webhookSecretText } from './signatures.js';

/** What is sealed. */
export interface DestinationConfig {
  /** mail */
  to?: string[];
  /** All others. */
  url?: string;
  /** webhook: ours, `whsec_…`. dingtalk, feishu: of the robot, when it has one. */
  secret?: string;
  /** mail, webhook: links to the pack although it carries it. */
  link?: true;
  /** wecom: the file follows the text. */
  file?: true;
}

export interface Destination {
  kind: DestinationKind;
  config: DestinationConfig;
}

/** How `report_destination.sealed` is sealed; the rotation of the master key seals it again in the same way. */
export const DESTINATION_SEAL = {
  purpose: 'destination',
  context: (id: number) => `report_destination:${id}`,
} as const;

export function sealDestination(keys: Keys, id: number, config: DestinationConfig): Buffer {
  return keys.encrypt(DESTINATION_SEAL.purpose, JSON.stringify(config), DESTINATION_SEAL.context(id));
}

export function openDestination(keys: Keys, id: number, sealed: Buffer): DestinationConfig {
  const text = keys.decrypt(DESTINATION_SEAL.purpose, sealed, DESTINATION_SEAL.context(id)).toString('utf8');
  return JSON.parse(text) as DestinationConfig;
}

/** What carries the file itself; all others link to it. */
const CARRIES_FILE: readonly DestinationKind[] = ['mail', 'webhook'];

/** Whether its messages link to the pack, where the schedule has links. */
export function wantsLink({ kind, config }: Destination): boolean {
  return !CARRIES_FILE.includes(kind) || config.link === true;
}

/** Whether the file is a message of its own that follows the text. */
export function fileFollows({ kind, config }: Destination): boolean {
  return kind === 'wecom' && config.file === true;
}

/** Where each robot's address begins. */
const ROBOT_ADDRESSES: Partial<Record<DestinationKind, readonly string[]>> = {
  wecom: ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send'],
  dingtalk: ['https://oapi.dingtalk.com/robot/send'],
  feishu: ['https://open.feishu.cn/open-apis/bot/v2/hook/', 'https://open.larksuite.com/open-apis/bot/v2/hook/'],
  slack: ['https://hooks.slack.com/'],
};

/**
 * What is to be kept of an input, on top of what is kept already. Throws `request_invalid`, `destination_kind_changed`,
 * `destination_wrong_host` and what `Outbound.accept` throws, with the field.
 */
export function configOf(
  input: DestinationInput,
  kept: Destination | null,
  outbound: Pick<Outbound, 'accept' | 'names'>,
  field: string,
): DestinationConfig {
  const { kind } = input;
  if (kept !== null && kept.kind !== kind) throw new AppError('destination_kind_changed', { field: `${field}.kind` });
  if (kind === 'mail') {
    const to = input.to ?? kept?.config.to;
    if (to === undefined || to.length === 0) throw missing(`${field}.to`, 'at least one address');
    return { to, ...optionsOf(input, kept) };
  }
  const url = input.url ?? kept?.config.url;
  if (url === undefined) throw missing(`${field}.url`, 'the address to send to');
  const accepted = outbound.accept(url, `${field}.url`);
  const begins = ROBOT_ADDRESSES[kind];
  if (begins !== undefined && !outbound.names(accepted) && !begins.some((one) => accepted.href.startsWith(one))) {
    throw new AppError('destination_wrong_host', { field: `${field}.url`, params: { begins: begins.join(', ') } });
  }
  const secret = secretOf(input, kept);
  return { url: accepted.href, ...(secret === undefined ? {} : { secret }), ...optionsOf(input, kept) };
}

/** What is left out of an input stays as it is; what a kind has no use for is not kept. */
function optionsOf(
  { kind, link, file }: DestinationInput,
  kept: Destination | null,
): Pick<DestinationConfig, 'link' | 'file'> {
  return {
    ...(CARRIES_FILE.includes(kind) && (link ?? kept?.config.link) === true ? { link: true } : {}),
    ...(kind === 'wecom' && (file ?? kept?.config.file) === true ? { file: true } : {}),
  };
}

function secretOf({ kind, secret }: DestinationInput, kept: Destination | null): string | undefined {
  if (kind === 'webhook') return kept?.config.secret ?? webhookSecretText(secureBytes(WEBHOOK_SECRET_BYTES));
  if (kind !== 'dingtalk' && kind !== 'feishu') return undefined;
  const chosen = secret ?? kept?.config.secret;
  return chosen === '' ? undefined : chosen;
}

function missing(field: string, what: string): AppError {
  return new AppError('request_invalid', { field, params: { reason: `${field}: give ${what}` } });
}

export function viewOfDestination(
  id: number,
  kind: DestinationKind,
  config: DestinationConfig | null,
): DestinationView {
  return {
    id,
    kind,
    to: kind === 'mail' ? (config?.to ?? []) : null,
    host: config?.url === undefined ? null : (URL.parse(config.url)?.host ?? null),
    signed: config?.secret !== undefined,
    link: config !== null && wantsLink({ kind, config }),
    file: CARRIES_FILE.includes(kind) || (config !== null && fileFollows({ kind, config })),
  };
}
