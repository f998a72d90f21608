import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionView, OutcomeChoices, OutcomeView } from '../../../src/shared/outcomes.js';
import { getOutcomeChoices } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { CallbackField } from './callback-field.js';
import { contentOf, type Draft, draftOf, fieldsOf, missingIn } from './draft.js';
import { newId } from './new-id.js';
import { type OutcomeAbout, saveOutcome } from './save-outcome.js';
import './outcomes.css';

export interface OutcomeFormProps {
  /** What a new outcome is about. */
  about: OutcomeAbout;
  /** Whose dispositions and currency; null: the default campaign. */
  campaignId: number | null;
  /** The outcome to correct; null: a new one. */
  outcome: OutcomeView | null;
  /** In which times of callbacks are meant. */
  zone: string;
  /** After it counts; everything on the page has been asked for again. */
  onSaved?: () => void;
  /** Takes what was entered instead of sending it, e.g. to keep it while there is no connection. */
  onEntered?: (content: ReturnType<typeof contentOf>) => void;
}

/** How a call went: one tap where that says it all, else the tap and the amount, the time or the note it needs. */
export function OutcomeForm(props: OutcomeFormProps) {
  const { t } = useTranslation();
  const { campaignId } = props;
  const choices = useQuery({
    queryKey: ['outcomes', 'choices', campaignId],
    queryFn: () => getOutcomeChoices(campaignId),
    staleTime: 60_000,
  });
  if (choices.isError) return <ErrorView error={choices.error} onRetry={() => void choices.refetch()} />;
  if (choices.isPending) return <p className="quiet">{t('common.loading')}</p>;
  // A correction that came from elsewhere starts the form anew.
  const { outcome } = props;
  return (
    <Entry key={outcome === null ? 'new' : `${outcome.id}:${outcome.version}`} {...props} choices={choices.data} />
  );
}

function Entry({ about, outcome, zone, onSaved, onEntered, choices }: OutcomeFormProps & { choices: OutcomeChoices }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const { dispositions } = choices;
  const currency = outcome?.sale?.currency ?? choices.campaign.currency;
  const [draft, setDraft] = useState<Draft>(() => draftOf(outcome, dispositions, currency));
  const [complaint, setComplaint] = useState<ReturnType<typeof missingIn>>(null);
  // The same outcome however often it is sent: a second tap changes nothing.
  const externalId = useRef(newId());
  const saving = useMutation({
    mutationFn: (what: Draft) => saveOutcome(externalId.current, about, outcome, contentOf(what, currency)),
    onSuccess: async (counted) => {
      void message.success(t(counted ? 'outcomes.saved' : 'outcomes.savedLater'));
      externalId.current = newId();
      await queryClient.invalidateQueries();
      onSaved?.();
    },
  });
  const save = (what: Draft) => {
    const missing = missingIn(what, currency);
    setComplaint(missing);
    if (missing !== null) return;
    if (onEntered === undefined) saving.mutate(what);
    else onEntered(contentOf(what, currency));
  };
  const choose = (disposition: DispositionView) => {
    const next = { ...draft, disposition };
    setDraft(next);
    setComplaint(null);
    if (fieldsOf(disposition).size === 0 && outcome === null) save(next);
  };
  return (
    <form
      className="outcome"
      onSubmit={(event) => {
        event.preventDefault();
        save(draft);
      }}
    >
      <Choices chosen={draft.disposition} dispositions={dispositions} busy={saving.isPending} onChoose={choose} />
      <Details draft={draft} currency={currency} zone={zone} complaint={complaint} onChange={setDraft} />
      {complaint && (
        <p className="outcome__complaint" role="alert">
          {t(complaint.why === 'amount' ? 'outcomes.amountUnreadable' : `outcomes.missing.${complaint.field}`)}
        </p>
      )}
      {saving.isError && <ErrorView error={saving.error} />}
      {(outcome !== null || fieldsOf(draft.disposition).size > 0) && (
        <Button type="primary" size="large" htmlType="submit" loading={saving.isPending} className="outcome__save">
          {t(outcome === null ? 'outcomes.save' : 'outcomes.saveCorrection')}
        </Button>
      )}
    </form>
  );
}

function Choices(props: {
  dispositions: readonly DispositionView[];
  chosen: DispositionView | null;
  busy: boolean;
  onChoose: (disposition: DispositionView) => void;
}) {
  const { t } = useTranslation();
  const localised = useLocalised();
  if (props.dispositions.length === 0) return <p className="quiet">{t('outcomes.noDispositions')}</p>;
  return (
    <fieldset className="outcome__choices">
      <legend className="sr-only">{t('outcomes.disposition')}</legend>
      {props.dispositions.map((disposition) => (
        <button
          key={disposition.id}
          type="button"
          className="outcome__choice"
          data-key={disposition.key}
          data-kind={kindOf(disposition)}
          aria-pressed={props.chosen?.id === disposition.id}
          disabled={props.busy}
          onClick={() => props.onChoose(disposition)}
        >
          {localised(disposition.name)}
        </button>
      ))}
    </fieldset>
  );
}

/** What stands out among the buttons: what everybody hopes for, and what must not be hit by mistake. */
function kindOf({ flags }: DispositionView): 'sale' | 'refusal' | 'plain' {
  if (flags.includes('sale')) return 'sale';
  return flags.includes('dnc') || flags.includes('complaint') ? 'refusal' : 'plain';
}

function Details(props: {
  draft: Draft;
  currency: string;
  zone: string;
  complaint: ReturnType<typeof missingIn>;
  onChange: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  const { draft, currency, complaint, onChange } = props;
  const ids = useId();
  const asked = fieldsOf(draft.disposition);
  const [withNote, setWithNote] = useState(draft.note !== '');
  return (
    <>
      {asked.has('amount') && (
        <div className="outcome__part">
          <label htmlFor={`${ids}-amount`}>{t('outcomes.amount')}</label>
          <Input
            id={`${ids}-amount`}
            size="large"
            inputMode="decimal"
            suffix={currency}
            maxLength={20}
            autoFocus
            {...(complaint?.field === 'amount' ? { status: 'error' as const } : {})}
            value={draft.amount}
            onChange={(event) => onChange({ ...draft, amount: event.target.value })}
          />
        </div>
      )}
      {asked.has('callbackAt') && (
        <CallbackField
          value={draft.callbackAt}
          zone={props.zone}
          onChange={(callbackAt) => onChange({ ...draft, callbackAt })}
        />
      )}
      {withNote || asked.has('note') ? (
        <div className="outcome__part">
          <label htmlFor={`${ids}-note`}>{t('outcomes.note')}</label>
          <Input.TextArea
            id={`${ids}-note`}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2_000}
            {...(complaint?.field === 'note' ? { status: 'error' as const } : {})}
            value={draft.note}
            onChange={(event) => onChange({ ...draft, note: event.target.value })}
          />
        </div>
      ) : (
        <button type="button" className="outcome__more" onClick={() => setWithNote(true)}>
          {t('outcomes.addNote')}
        </button>
      )}
    </>
  );
}
