import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Attention, UnresolvedAddress } from '../../../../src/shared/organisation.js';
import { addAddress } from '../../api/index.js';
import { useLanguage } from '../../i18n/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { AgentChoice } from '../ui/choices.js';
import { useChange, useZone } from '../ui/data.js';
import { formatMoment } from '../ui/days.js';
import { Section } from '../ui/section.js';

/** Calls of nobody, by the address nobody has: whose is it? */
export function UnresolvedAddresses({ attention, mayWrite }: { attention: Attention; mayWrite: boolean }) {
  const { t } = useTranslation();
  const { unresolved, unassignedWithoutAddress } = attention;
  if (unresolved.length === 0) return null;
  return (
    <Section title={t('people.unresolved.title', { count: unresolved.length })} text={t('people.unresolved.text')}>
      <AppliesTo to="past and future" text={t('people.unresolved.applies')} />
      <ul className="fix-list">
        {unresolved.map((address) => (
          <AddressRow
            key={`${address.kind}:${address.numberRef ?? address.label}`}
            address={address}
            mayWrite={mayWrite}
          />
        ))}
      </ul>
      <p className="quiet">
        {unassignedWithoutAddress > 0 && `${t('people.unresolved.without', { count: unassignedWithoutAddress })} `}
        <Link to="/calls?unassigned=true">{t('people.unresolved.allCalls')}</Link>
      </p>
    </Section>
  );
}

function AddressRow({ address, mayWrite }: { address: UnresolvedAddress; mayWrite: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const change = useChange();
  const [agent, setAgent] = useState<number>();
  const [busy, setBusy] = useState(false);
  const assign = async () => {
    if (agent === undefined) return;
    setBusy(true);
    await change(() =>
      address.numberRef === null
        ? addAddress(agent, { kind: address.kind, value: address.label })
        : addAddress(agent, { kind: 'number', numberRef: address.numberRef }),
    );
    setBusy(false);
  };
  return (
    <li className="fix" data-address={address.label}>
      <div className="fix__what">
        <span>
          <b className="tabular">{address.label}</b> <span className="quiet">{t(`people.kind.${address.kind}`)}</span>
        </span>
        <div className="quiet">
          {t('people.seenLast', {
            calls: t('people.callCount', { count: address.calls }),
            time: formatMoment(address.lastAt, zone, language),
          })}
        </div>
        <div className="fix__links">
          {address.examples.map((id, index) => (
            <Link key={id} to={`/calls/${encodeURIComponent(id)}`}>
              {t('people.unresolved.example', { number: index + 1 })}
            </Link>
          ))}
        </div>
      </div>
      {mayWrite && (
        <form
          className="fix__form"
          onSubmit={(event) => {
            event.preventDefault();
            void assign();
          }}
        >
          <AgentChoice aria-label={t('people.unresolved.agentOf', { address: address.label })} onChange={setAgent} />
          <Button type="primary" htmlType="submit" loading={busy} disabled={agent === undefined}>
            {t('people.unresolved.assign')}
          </Button>
        </form>
      )}
    </li>
  );
}
