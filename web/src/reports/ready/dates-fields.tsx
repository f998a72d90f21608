import { Input } from 'antd';
import { useRef, useState } from 'react';
import { addDays } from '../../format/index.js';

interface Dates {
  from: string;
  /** Exclusive; shown and entered as the last day. */
  to: string;
}

interface Props {
  dates: Dates;
  labels: { from: string; to: string };
  onChange: (dates: Dates) => void;
}

export const DATE = /^\d{4}-\d{2}-\d{2}$/;
const EDITING = /^(\d|Backspace|Delete|ArrowUp|ArrowDown)$/;

/** Two dates of one's own, both included. */
export function DatesFields({ dates, labels, onChange }: Props) {
  return (
    <>
      <DateField
        label={labels.from}
        value={dates.from}
        onChange={(from) => onChange(dates.to > from ? { from, to: dates.to } : { from, to: addDays(from, 1) })}
      />
      <DateField
        label={labels.to}
        value={addDays(dates.to, -1)}
        onChange={(last) => onChange(dates.from <= last ? { from: dates.from, to: addDays(last, 1) } : oneDay(last))}
      />
    </>
  );
}

/** The end that was not changed moves along when both would cross. */
function oneDay(date: string): Dates {
  return { from: date, to: addDays(date, 1) };
}

/** Picked from a calendar it counts at once; typed, with Enter or when the field is left: on the way there it is other dates. */
function DateField({ label, value, onChange }: { label: string; value: string; onChange: (date: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const isTyping = useRef(false);
  const settle = (date: string | null) => {
    isTyping.current = false;
    setTyped(null);
    if (date !== null && date !== value && DATE.test(date)) onChange(date);
  };
  return (
    <div className="report-field report-field--date">
      <span>{label}</span>
      <Input
        aria-label={label}
        type="date"
        value={typed ?? value}
        onKeyDown={({ key }) => {
          if (key === 'Enter') settle(typed);
          else if (EDITING.test(key)) isTyping.current = true;
        }}
        onPointerDown={() => {
          isTyping.current = false;
        }}
        onChange={({ target }) => (isTyping.current ? setTyped(target.value) : settle(target.value))}
        onBlur={() => settle(typed)}
      />
    </div>
  );
}
