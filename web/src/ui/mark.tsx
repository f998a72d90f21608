import type { PropsWithChildren } from 'react';

export type Tone = 'plain' | 'good' | 'live' | 'warn' | 'bad';

/** A word that marks a row. The word says it; the tone only helps to find it. */
export function Mark({ tone = 'plain', children }: PropsWithChildren<{ tone?: Tone }>) {
  return (
    <span className="mark" data-tone={tone}>
      {children}
    </span>
  );
}
