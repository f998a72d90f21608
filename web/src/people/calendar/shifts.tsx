import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftPatternView } from '../../../../src/shared/organisation.js';
import { dropShifts, getShifts, type ShiftOwner } from '../../api/index.js';
import { dateInZone } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { browserNow } from '../../live/clock.js';
import { ErrorView } from '../../ui/error-view.js';
import { Mark } from '../../ui/mark.js';
import { useChange, useZone } from '../ui/data.js';
import { formatDay, weekdayName } from '../ui/days.js';
import { Section } from '../ui/section.js';
import { TakeBack } from '../ui/take-back.js';
import { NextDays } from './next-days.js';
import { ShiftDialog } from './shift-dialog.js';
import { endsNextDay, rowsOf, runsOf, type ShiftRow } from './shift-rows.js';

/** When a team or an agent works: weeks of shifts, each from a date on. */
export function ShiftsSection({ owner, id, mayWrite }: { owner: ShiftOwner; id: number; mayWrite: boolean }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<ShiftPatternView | 'new'>();
  const today = dateInZone(browserNow(), useZone());
  const patterns = useQuery({ queryKey: ['organisation', 'shifts', owner, id], queryFn: () => getShifts(owner, id) });
  const newestFirst = patterns.data?.toReversed() ?? [];
  const current = newestFirst.find(({ validFrom }) => validFrom <= today);
  const empty = t(owner === 'agents' ? 'people.shifts.emptyAgent' : 'people.shifts.emptyTeam');
  return (
    <Section
      title={t('people.shifts.title')}
      text={patterns.data?.length === 0 ? empty : t('people.shifts.text')}
      actions={mayWrite && <Button onClick={() => setEditing('new')}>{t('people.shifts.add')}</Button>}
    >
      {patterns.isError && <ErrorView error={patterns.error} onRetry={() => void patterns.refetch()} />}
      <ol className="history">
        {newestFirst.map((pattern) => (
          <Pattern
            key={pattern.validFrom}
            pattern={pattern}
            state={pattern === current ? 'current' : pattern.validFrom > today ? 'to-come' : 'past'}
            {...(mayWrite ? { owner, id, onEdit: () => setEditing(pattern) } : {})}
          />
        ))}
      </ol>
      {owner === 'agents' && <NextDays agentId={id} today={today} />}
      {editing && (
        <ShiftDialog
          owner={owner}
          id={id}
          today={today}
          {...(editing === 'new' ? { shifts: current?.shifts ?? [] } : { pattern: editing, shifts: editing.shifts })}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Section>
  );
}

interface PatternProps {
  pattern: ShiftPatternView;
  state: 'current' | 'to-come' | 'past';
  owner?: ShiftOwner;
  id?: number;
  onEdit?: () => void;
}

function Pattern({ pattern, state, owner, id, onEdit }: PatternProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const change = useChange();
  const from = formatDay(pattern.validFrom, language);
  return (
    <li data-state={state}>
      <div>
        <b>{t('people.from', { time: from })}</b> {state === 'current' && <Mark tone="good">{t('people.now')}</Mark>}
        {state === 'to-come' && <Mark tone="live">{t('people.toCome')}</Mark>}
        <Week rows={rowsOf(pattern.shifts)} />
      </div>
      {onEdit && owner && id !== undefined && (
        <span className="history__actions">
          <Button size="small" onClick={onEdit} aria-label={`${t('people.edit')}: ${from}`}>
            {t('people.edit')}
          </Button>
          <TakeBack
            label={t('people.remove')}
            of={from}
            ask={t('people.shifts.ask')}
            onConfirm={() => change(() => dropShifts(owner, id, pattern.validFrom))}
          />
        </span>
      )}
    </li>
  );
}

function Week({ rows }: { rows: ShiftRow[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (rows.length === 0) return <div className="quiet">{t('people.shifts.none')}</div>;
  const days = (weekdays: number[]) =>
    runsOf(weekdays)
      .map(([first, last]) =>
        first === last
          ? weekdayName(first, language)
          : `${weekdayName(first, language)} – ${weekdayName(last, language)}`,
      )
      .join(', ');
  return (
    <ul className="week tabular">
      {rows.map((row) => (
        <li key={`${row.weekdays.join()}-${row.start}`}>
          <span>{days(row.weekdays)}</span>
          <span>
            {row.start}–{row.end}
            {endsNextDay(row) && <span className="quiet"> {t('people.shifts.nextDay')}</span>}
          </span>
          {row.breakMinutes > 0 && (
            <span className="quiet">{t('people.shifts.break', { count: row.breakMinutes })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
