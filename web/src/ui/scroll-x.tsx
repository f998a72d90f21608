import type { PropsWithChildren } from 'react';

/** Lets a wide table be scrolled sideways, with the keyboard too. */
export function ScrollX({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard (WCAG 2.1.1)
    <section className="scroll-x" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
