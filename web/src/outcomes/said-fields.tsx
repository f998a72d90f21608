import { useTranslation } from 'react-i18next';
import type { OutcomeDetail } from '../../../src/shared/outcomes.js';
import { formatInstant, formatMoney, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useOrganisationCurrency } from '../people/ui/data.js';

interface Props {
  /** What an event said, as the log has it. */
  fields: Record<string, unknown>;
  outcome: OutcomeDetail;
  zone: string;
}

/** What somebody said, in words; what they did not mention is not there. */
export function SaidFields({ fields, outcome, zone }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const own = useOrganisationCurrency();
  const said: [string, string][] = [];
  const { disposition, sale, callbackAt, note, cancelled, agentId, call } = fields;
  if (cancelled !== undefined) said.push(['cancelled', t(cancelled ? 'outcomes.takeBack' : 'outcomes.countAgain')]);
  if (disposition !== undefined) said.push(['disposition', textOf(disposition) ?? t('common.none')]);
  if (sale !== undefined) {
    const amount = amountOf(sale);
    const currency = currencyOf(sale) ?? outcome.sale?.currency ?? own;
    if (amount === null) said.push(['sale', t('outcomes.nothingSold')]);
    else said.push(['sale', currency === null ? MISSING : formatMoney(amount, currency, language)]);
  }
  if (typeof callbackAt === 'number') said.push(['callbackAt', formatInstant(callbackAt, zone, language)]);
  if (callbackAt === null) said.push(['callbackAt', t('common.none')]);
  if (note !== undefined) said.push(['note', t(note ? 'outcomes.noteGiven' : 'common.none')]);
  if (agentId !== undefined) {
    const isOwn = outcome.agent !== null && agentId === outcome.agent.id;
    said.push(['agent', isOwn ? (outcome.agent?.name ?? '') : `#${textOf(agentId) ?? ''}`]);
  }
  if (call !== undefined) said.push(['call', textOf(call) ?? '']);
  return (
    <ul className="outcomes__said">
      {said.map(([field, text]) => (
        <li key={field}>
          <span className="quiet">{t(`outcomes.fields.${field}`)}</span> {text}
        </li>
      ))}
    </ul>
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function amountOf(sale: unknown): number | null {
  if (typeof sale !== 'object' || sale === null || !('amountMinor' in sale)) return null;
  return typeof sale.amountMinor === 'number' ? sale.amountMinor : null;
}

function currencyOf(sale: unknown): string | null {
  if (typeof sale !== 'object' || sale === null || !('currency' in sale)) return null;
  return textOf(sale.currency);
}
