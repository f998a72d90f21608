// Totals of the inbound month of the "Anonymous Bank", straight from its file. Imports nothing of the product.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hourOf, localToEpoch, secondOfDay } from './zone.mjs';

const ZONE = 'Asia/Jerusalem';
const UNASSIGNED = 'unassigned';
const zero = () => ({ inbound: 0, inbound_answered: 0, inbound_abandoned: 0, inbound_talk_s: 0 });

function add(group, key, kind, talk) {
  group[key] ??= zero();
  group[key].inbound += 1;
  group[key][kind] += 1;
  group[key].inbound_talk_s += talk;
}

export function anonymousBank(folder) {
  const text = readFileSync(join(folder, 'anonymous-bank-february-1999.tsv'), 'utf8');
  const lines = text.split('\r\n').filter((line) => line !== '');
  const names = lines[0].split('\t');
  const total = zero();
  const byAgent = {};
  const byHour = {};
  const byLocalHour = {};
  const rows = { all: lines.length - 1, phantom: 0, hungUpInMenu: 0, answeredWithoutServer: 0 };
  for (const line of lines.slice(1)) {
    const row = Object.fromEntries(line.split('\t').map((cell, i) => [names[i], cell]));
    if (row.outcome === 'PHANTOM') {
      rows.phantom += 1;
      continue;
    }
    if (row.outcome === 'HANG' && Number(row.q_time) === 0) {
      rows.hungUpInMenu += 1;
      continue;
    }
    const [year, month, day] = [
      1900 + Number(row.date.slice(0, 2)),
      Number(row.date.slice(2, 4)),
      Number(row.date.slice(4)),
    ];
    const entry = secondOfDay(row.vru_entry);
    const answered = row.outcome === 'AGENT';
    const kind = answered ? 'inbound_answered' : 'inbound_abandoned';
    const talk = answered ? Number(row.ser_time) : 0;
    if (answered && row.server === 'NO_SERVER') rows.answeredWithoutServer += 1;
    total.inbound += 1;
    total[kind] += 1;
    total.inbound_talk_s += talk;
    add(byAgent, answered && row.server !== 'NO_SERVER' ? row.server : UNASSIGNED, kind, talk);
    add(byHour, hourOf(localToEpoch(ZONE, year, month, day, entry)), kind, talk);
    add(byLocalHour, String(Math.floor(entry / 3600)), kind, talk);
  }
  return { total, byAgent, byHour, byLocalHour, rows };
}
