/** Kinds of addresses and the spaces of names they live in. Pure. */
import { z } from 'zod';
import type { AddressKind } from '../../shared/organisation.js';

export const ADDRESS_KINDS = ['client', 'sip', 'extension', 'worker', 'number', 'crm'] as const satisfies AddressKind[];

/** `identity` is what an event names an agent by; `tel` a surrogate id; the others are names in other systems. */
export type Scheme = 'identity' | 'tel' | 'worker' | 'crm';

export function schemeOf(kind: AddressKind): Scheme {
  switch (kind) {
    case 'client':
    case 'sip':
    case 'extension':
      return 'identity';
    case 'number':
      return 'tel';
    case 'worker':
    case 'crm':
      return kind;
  }
}

/** As stored: null where the scheme alone says it, or where a webhook named an identity first. */
export function storedKind(kind: AddressKind): string | null {
  return schemeOf(kind) === 'identity' ? kind : null;
}

export function kindOf(scheme: Scheme, stored: string | null): AddressKind {
  if (scheme === 'tel') return 'number';
  if (scheme !== 'identity') return scheme;
  return stored === 'sip' || stored === 'extension' ? stored : 'client';
}

/** Verbatim, as an event carries it; the limits are those of the translators. */
export const addressText = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => text.trim() === text && !/[\p{Cc}\p{Cs}]/u.test(text));
