import { Select } from 'antd';
import { DATE, DatesFields } from './dates-fields.js';

interface Dates {
  from: string;
  to: string;
}

interface Props<Preset extends string> {
  label: string;
  className?: string;
  presets: readonly Preset[];
  nameOf: (choice: Preset | 'own') => string;
  value: Preset | Dates;
  /** Where dates of one's own begin; null: not known yet. */
  dates: Dates | null;
  dateLabels: { from: string; to: string };
  onPreset: (preset: Preset) => void;
  onDates: (dates: Dates) => void;
}

/** One of the usual periods, or two dates of one's own, both included. */
export function PresetOrDates<Preset extends string>(props: Props<Preset>) {
  const { label, className = '', presets, nameOf, value, dates, dateLabels, onPreset, onDates } = props;
  const given = typeof value === 'string' ? null : value;
  const own = given && DATE.test(given.from) && DATE.test(given.to) ? given : dates;
  const choose = (choice: Preset | 'own') => {
    if (choice !== 'own') onPreset(choice as Preset);
    else if (own) onDates(own);
  };
  return (
    <>
      <div className={`report-field ${className}`}>
        <span>{label}</span>
        <Select<Preset | 'own'>
          aria-label={label}
          value={typeof value === 'string' ? value : 'own'}
          onChange={choose}
          popupMatchSelectWidth={false}
          options={[...presets, 'own' as const].map((choice) => ({
            value: choice,
            label: nameOf(choice),
            disabled: choice === 'own' && own === null,
          }))}
        />
      </div>
      {given && own && <DatesFields dates={own} labels={dateLabels} onChange={onDates} />}
    </>
  );
}
