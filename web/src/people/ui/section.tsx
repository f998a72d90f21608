import type { PropsWithChildren, ReactNode } from 'react';

/** A card with a heading, what it holds in a sentence, and what can be done with it. */
export function Section({
  title,
  text,
  actions,
  children,
}: PropsWithChildren<{ title: string; text?: ReactNode; actions?: ReactNode }>) {
  return (
    <section className="card">
      <div className="section__head">
        <h2>{title}</h2>
        {actions && <div className="section__actions">{actions}</div>}
      </div>
      {text && <p className="quiet">{text}</p>}
      {children}
    </section>
  );
}
