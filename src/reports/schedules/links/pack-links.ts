/**
 * Links from messages to the pack behind them. Programs that look at a link before a person does use nothing up: the page
 * it leads to asks for the file only when somebody presses its button. What may be had is decided when the link is used,
 * and once more when the file is fetched: by the schedule as it is then, and by the rights of its owner (without sign-in)
 * or of whoever has signed in.
 */
import type { Pool } from 'pg';
import { type Principal, standingOf } from '../../../access/index.js';
import type { AuditLog } from '../../../audit/index.js';
import { AppError, type Clock, inTransaction, isoOf, type Keys } from '../../../platform/index.js';
import type { AuditActor } from '../../../shared/audit.js';
import {
  type DestinationKind,
  PACK_LINK_DAYS,
  type PackLinkView,
  type PackTicket,
  type ScheduleInput,
} from '../../../shared/schedules.js';
import { covers } from '../../exports/index.js';
import { wantsLink } from '../destinations/destination.js';
import type { PackOffer } from '../message.js';
import { ownerNow } from '../owner.js';
import { fileOf } from '../run.repository.js';
import { type FoundLink, findLink, putLink, useLink } from './link.repository.js';
import { hashOfToken, linkToken, readTicket, ticketText } from './tokens.js';

const DAY_MS = 86_400_000;
const TICKET_MS = 5 * 60_000;
const EVERYTHING = { kind: 'all' } as const;

/** Fragment, so that no server on the way sees the token. */
export const packPage = (publicUrl: string, token: string): string => `${publicUrl}/pack#${token}`;

/** What a link in a message is made of. Kept before the message goes out. */
export async function makeLink(
  { pool, keys, clock }: { pool: Pool; keys: Keys; clock: Clock },
  delivery: { id: string; messageId: string },
  usesMax: number,
): Promise<string> {
  const token = linkToken(keys, delivery.messageId);
  const expiresAt = clock.now() + PACK_LINK_DAYS * DAY_MS;
  await putLink(pool, { tokenHash: hashOfToken(token), deliveryId: delivery.id, usesMax, expiresAt });
  return token;
}

/** What a message would say of its link; it leads nowhere. */
export function sampleOffer(
  publicUrl: string | null,
  { packLink = 'sign_in', packLinkUses = 1, destinations }: ScheduleInput,
  kind: DestinationKind,
  file: { name: string; content: Buffer },
): PackOffer | null {
  const isAsked = destinations.some((one) => one.kind === kind && wantsLink({ kind, config: linkOf(one) }));
  if (publicUrl === null || packLink === 'none' || !isAsked) return null;
  const offer = { url: packPage(publicUrl, '…'), fileName: file.name, bytes: file.content.length };
  return { ...offer, access: packLink, uses: packLinkUses };
}

const linkOf = ({ link }: { link?: boolean }): { link?: true } => (link === true ? { link } : {});

export interface PackLinksParts {
  pool: Pool;
  keys: Keys;
  clock: Clock;
  audit: AuditLog;
}

export class PackLinks {
  constructor(private readonly parts: PackLinksParts) {}

  /** What a link is good for; uses nothing up. Throws `pack_link_invalid`. */
  async inspect(token: string): Promise<PackLinkView> {
    const link = await this.found({ tokenHash: hashOfToken(token) });
    const usesLeft = usesLeftOf(link);
    const isOpen = usesLeft > 0;
    const { fileName, bytes, expiresAt } = link;
    return {
      access: isOpen ? 'open' : 'sign_in',
      usesLeft,
      expiresAt: isoOf(expiresAt),
      file: isOpen && fileName !== null && bytes !== null ? { name: fileName, bytes } : null,
    };
  }

  /** Without sign-in. Throws `pack_link_invalid`, `pack_link_sign_in`, `schedule_owner_lost`, `delivery_file_gone`. */
  async open(token: string, actor: AuditActor): Promise<PackTicket> {
    const link = await this.found({ tokenHash: hashOfToken(token) });
    if (usesLeftOf(link) === 0) throw new AppError('pack_link_sign_in');
    await this.requireOwner(link);
    if (!link.kept) throw new AppError('delivery_file_gone');
    await inTransaction(this.parts.pool, async (tx) => {
      const used = await useLink(tx, link.id);
      if (used === null) throw new AppError('pack_link_sign_in');
      await this.parts.audit.record(tx, {
        actor,
        action: 'schedule.link_used',
        subject: { kind: 'schedule', id: String(link.scheduleId) },
        outcome: 'done',
        after: { run: link.runId, link: link.id, ...used },
      });
    });
    return this.ticket(link, null);
  }

  /** Signed in. Throws `pack_link_invalid`, `schedule_needs_person`, `pack_outside_scope`, `delivery_file_gone`. */
  async fetch(token: string, principal: Principal): Promise<PackTicket> {
    if (principal.kind !== 'user') throw new AppError('schedule_needs_person');
    const link = await this.found({ tokenHash: hashOfToken(token) });
    requireSight(link, principal);
    if (!link.kept) throw new AppError('delivery_file_gone');
    return this.ticket(link, principal.userId);
  }

  /** The file of a ticket. Throws `pack_link_invalid` and what got the ticket threw. */
  async file(text: string, actor: AuditActor): Promise<{ name: string; content: Buffer }> {
    const { pool, keys, clock, audit } = this.parts;
    const ticket = readTicket(keys, text, clock.now());
    if (ticket === null) throw new AppError('pack_link_invalid');
    const { linkId, userId } = ticket;
    const link = await this.found({ id: linkId });
    if (userId !== null) requireSight(link, await standingOf(pool, userId));
    else if (link.usesMax === 0 || link.packLink !== 'open') throw new AppError('pack_link_sign_in');
    else await this.requireOwner(link);
    const found = await fileOf(pool, link.runId);
    if (found === null || found.file === null || found.name === null) throw new AppError('delivery_file_gone');
    audit.note({
      actor: userId === null ? actor : { ...actor, kind: 'user', id: userId },
      action: 'schedule.downloaded',
      subject: { kind: 'schedule', id: String(link.scheduleId) },
      outcome: 'done',
      after: { run: link.runId, link: link.id, bytes: found.file.length, sha256: found.sha256 },
    });
    return { name: found.name, content: found.file };
  }

  /** A schedule that has no links any more has none at all. */
  private async found(by: Parameters<typeof findLink>[1]): Promise<FoundLink> {
    const link = await findLink(this.parts.pool, by, this.parts.clock.now());
    if (link === null || link.packLink === 'none') throw new AppError('pack_link_invalid');
    return link;
  }

  private async requireOwner({ owner, scope }: FoundLink): Promise<void> {
    const now = await ownerNow(this.parts.pool, owner);
    if ('lost' in now || !covers(now.standing.scope, scope ?? EVERYTHING)) throw new AppError('schedule_owner_lost');
  }

  private ticket({ id }: FoundLink, userId: number | null): PackTicket {
    const { keys, clock } = this.parts;
    const expiresAt = clock.now() + TICKET_MS;
    const ticket = ticketText(keys, { linkId: id, userId, expiresAt });
    return { url: `/api/v1/packs/file?ticket=${ticket}`, expiresAt: isoOf(expiresAt) };
  }
}

/** Both the message and the schedule as it is now must allow it. */
function usesLeftOf({ packLink, uses, usesMax }: FoundLink): number {
  return packLink === 'open' ? Math.max(0, usesMax - uses) : 0;
}

function requireSight({ scope }: FoundLink, who: Pick<Principal, 'permissions' | 'scope'> | null): void {
  const sees = who?.permissions.has('exports:make') && who.permissions.has('kpis:read') ? who.scope : null;
  if (sees === null || !covers(sees, scope ?? EVERYTHING)) throw new AppError('pack_outside_scope');
}
