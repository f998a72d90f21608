import type {
  CustomerFound,
  CustomerView,
  EraseReason,
  ErasurePreview,
  ErasureResult,
  RevealedNumber,
  RevealReason,
} from '../../../src/shared/privacy.js';
import { request } from './client.js';

/** Requests about personal data (src/shared/privacy.ts). A phone number is never part of an address. */

export const searchCustomer = (number: string): Promise<CustomerFound> =>
  request('POST', '/customers/search', { number });
export const getCustomer = (id: string): Promise<CustomerView> =>
  request('GET', `/customers/${encodeURIComponent(id)}`);
export const revealNumber = (id: string, reason: RevealReason): Promise<RevealedNumber> =>
  request('POST', `/customers/${encodeURIComponent(id)}/reveal`, { reason });

export type ErasedKind = ErasurePreview['kind'];
const pathOf = (kind: ErasedKind, id: string): string => `/${kind}s/${encodeURIComponent(id)}`;

export const previewErasure = (kind: ErasedKind, id: string): Promise<ErasurePreview> =>
  request('GET', `${pathOf(kind, id)}/erasure`);
export const erase = (kind: ErasedKind, id: string, reason: EraseReason): Promise<ErasureResult> =>
  request('POST', `${pathOf(kind, id)}/erase`, { reason });
export const eraseNumber = (number: string, reason: EraseReason): Promise<ErasureResult> =>
  request('POST', '/customers/erase', { number, reason });
