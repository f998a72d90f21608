/** Whether the server hands out another build of this page than the one that is running. */

/** Address of the first script of a page; null when there is none. Pure. */
export function entryOf(html: string): string | null {
  return /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null;
}

/** False also when the server cannot tell right now. */
export async function hasNewBuild(): Promise<boolean> {
  const running = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src');
  try {
    const response = await fetch(location.pathname, { cache: 'no-store', credentials: 'same-origin' });
    if (!response.ok) return false;
    const offered = entryOf(await response.text());
    return offered !== null && running !== undefined && running !== null && offered !== running;
  } catch {
    return false;
  }
}
