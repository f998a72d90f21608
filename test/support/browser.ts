import { existsSync } from 'node:fs';

/** The browser `npm test` found or installed; by hand, the usual place of a Linux package. */
export function chromiumPath(): string {
  const path = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(path))
    throw new Error(`No browser at ${path}: set TEST_CHROMIUM to the program file of Chromium or Chrome`);
  return path;
}
