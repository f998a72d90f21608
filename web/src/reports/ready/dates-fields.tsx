import { Input } from 'antd';
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

function DateField({ label, value, onChange }: { label: string; value: string; onChange: (date: string) => void }) {
  return (
    <div className="report-field report-field--date">
      <span>{label}</span>
      <Input
        aria-label={label}
        type="date"
        value={value}
        onChange={({ target }) => {
          if (DATE.test(target.value)) onChange(target.value);
        }}
      />
    </div>
  );
}
