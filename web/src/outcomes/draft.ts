import type { DispositionView, OutcomeField, OutcomeInput, OutcomeView } from '../../../src/shared/outcomes.js';
import { minorOf, typedOf } from './amount.js';

/** What somebody is entering, and what is sent of it. Pure. */

export interface Draft {
  disposition: DispositionView | null;
  /** As typed, in major units. */
  amount: string;
  /** Epoch ms. */
  callbackAt: number | null;
  note: string;
}

export function draftOf(outcome: OutcomeView | null, choices: readonly DispositionView[], currency: string): Draft {
  return {
    disposition: choices.find(({ key }) => key === outcome?.disposition?.key) ?? null,
    amount: outcome?.sale ? typedOf(outcome.sale.amountMinor, currency) : '',
    callbackAt: outcome?.callbackAt ? Date.parse(outcome.callbackAt) : null,
    note: outcome?.note ?? '',
  };
}

/** Fields a disposition asks for: those it requires and those it is about. */
export function fieldsOf(disposition: DispositionView | null): Set<OutcomeField> {
  const fields = new Set<OutcomeField>(disposition?.required ?? []);
  if (disposition?.flags.includes('sale')) fields.add('amount');
  if (disposition?.flags.includes('callback')) fields.add('callbackAt');
  return fields;
}

/** The first field that keeps the draft from being saved, and why; null: it can be. */
export function missingIn(
  draft: Draft,
  currency: string,
): { field: OutcomeField | 'disposition'; why: 'missing' | 'amount' } | null {
  const { disposition, amount, callbackAt, note } = draft;
  if (disposition === null) return { field: 'disposition', why: 'missing' };
  const asked = fieldsOf(disposition);
  if (asked.has('amount') && amount.trim() !== '' && minorOf(amount, currency) === null) {
    return { field: 'amount', why: 'amount' };
  }
  const empty: Record<OutcomeField, boolean> = {
    amount: amount.trim() === '',
    callbackAt: callbackAt === null,
    note: note.trim() === '',
  };
  const missing = disposition.required.find((field) => empty[field]);
  return missing === undefined ? null : { field: missing, why: 'missing' };
}

/** What is sent: the whole of what the form holds, so that what the disposition has no place for is taken back. */
export function contentOf(draft: Draft, currency: string): Omit<OutcomeInput, 'externalId'> {
  const asked = fieldsOf(draft.disposition);
  const amountMinor = asked.has('amount') ? minorOf(draft.amount, currency) : null;
  const note = draft.note.trim();
  return {
    disposition: draft.disposition?.key ?? null,
    sale: amountMinor === null ? null : { amountMinor, currency },
    callbackAt: asked.has('callbackAt') && draft.callbackAt !== null ? new Date(draft.callbackAt).toISOString() : null,
    note: note === '' ? null : note,
  };
}
