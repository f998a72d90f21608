import { type ReactNode, useId } from 'react';

interface Props {
  label: string;
  hint?: string;
  error?: string | null;
  /** Draws the control with this id. */
  children: (id: string) => ReactNode;
}

/** A control with its label above and what to know about it below. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {error ? (
        <span className="field__error" role="alert">
          {error}
        </span>
      ) : (
        hint && <span className="field__hint quiet">{hint}</span>
      )}
    </div>
  );
}
