/** Proves that a demo stays in the zone of its first start, chosen or found, whatever is asked for later. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDemo } from '../../../src/cli/demo/demo.js';
import { loadConfig } from '../../../src/platform/index.js';

/** 17:00 in Shanghai, 11:00 in Berlin. */
const FIRST = Date.parse('2026-03-05T09:00:00Z');
/** Night in both. */
const LATER = Date.parse('2026-03-05T20:00:00Z');

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tallyboard-demo-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function zoneAt(now: number, chosen: string | null): string {
  const config = loadConfig({ DATA_DIR: dataDir, ...(chosen === null ? {} : { ORG_TIME_ZONE: chosen }) });
  return openDemo(config, { now: () => now }, { chosen, machine: 'Asia/Shanghai' }).config.orgTimeZone;
}

test('one that was chosen is kept without being chosen again', () => {
  expect(zoneAt(FIRST, 'Europe/Berlin')).toBe('Europe/Berlin');
  expect(zoneAt(LATER, null)).toBe('Europe/Berlin');
});

test('one that was found is kept when another is chosen later: its floor is in the log already', () => {
  expect(zoneAt(FIRST, null)).toBe('Asia/Shanghai');
  expect(zoneAt(LATER, 'Europe/Berlin')).toBe('Asia/Shanghai');
});
