/** Whether a pack may still go out in its owner's name. */
import { type Standing, standingOf } from '../../access/index.js';
import type { Queryable } from '../../audit/index.js';
import type { StoppedReason } from '../../shared/schedules.js';

export type OwnerNow = { standing: Standing } | { lost: StoppedReason };

export async function ownerNow(db: Queryable, owner: { id: number } | null): Promise<OwnerNow> {
  if (owner === null) return { lost: 'owner_gone' };
  const standing = await standingOf(db, owner.id);
  if (standing === null) return { lost: 'owner_disabled' };
  const may = standing.permissions.has('exports:make') && standing.permissions.has('kpis:read');
  return may ? { standing } : { lost: 'owner_lost_rights' };
}
