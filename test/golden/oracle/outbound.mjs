// Totals of the two outbound data sets, straight from their files. Imports nothing of the product.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hourOf, localToEpoch, MONTHS, secondOfDay } from './zone.mjs';

function rows(folder, file, separator) {
  const lines = readFileSync(join(folder, file), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const cells = (line) => line.split(separator).map((cell) => cell.replace(/^"|"$/g, ''));
  const names = cells(lines[0]);
  return lines.slice(1).map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i], cell])));
}

const zero = () => ({ dials: 0, connects: 0, talk_s: 0 });

function add(totals, key, talk) {
  totals[key] ??= zero();
  totals[key].dials += 1;
  totals[key].connects += 1;
  totals[key].talk_s += talk;
}

/** @param calls {agent, month, startAt (epoch s), talk (s), sale}[] */
function sum(calls) {
  const total = { ...zero(), sales: 0 };
  const byAgent = {};
  const byHour = {};
  const byMonth = {};
  for (const call of calls) {
    total.dials += 1;
    total.connects += 1;
    total.talk_s += call.talk;
    total.sales += call.sale ? 1 : 0;
    add(byAgent, call.agent, call.talk);
    add(byHour, hourOf(call.startAt), call.talk);
    add(byMonth, call.month, call.talk);
    byMonth[call.month].sales = (byMonth[call.month].sales ?? 0) + (call.sale ? 1 : 0);
  }
  return { total, byAgent, byHour, byMonth };
}

/** Every row is answered; it starts 5 s before `CallStart`. */
export function carInsurance(folder) {
  return sum(carInsuranceCalls(folder));
}

/** One for each row, in the order of the file. */
export function carInsuranceCalls(folder) {
  return rows(folder, 'carInsurance_train.csv', ',').map((row) => {
    const month = MONTHS.indexOf(row.LastContactMonth) + 1;
    const answered = localToEpoch(
      'America/New_York',
      2024,
      month,
      Number(row.LastContactDay),
      secondOfDay(row.CallStart),
    );
    const talk = secondOfDay(row.CallEnd) - secondOfDay(row.CallStart);
    return {
      agent: `car-${Number(row.Id) % 20}`,
      month: row.LastContactMonth,
      startAt: answered - 5,
      talk,
      sale: row.CarInsurance === '1',
    };
  });
}

/** Every row is answered, at 09:00:00 + (row × 37 mod 36,000) s; it starts 5 s before. */
export function bank(folder) {
  return sum(
    rows(folder, 'bank.csv', ';').map((row, index) => {
      const month = MONTHS.indexOf(row.month) + 1;
      const second = 9 * 3600 + ((index * 37) % 36_000);
      return {
        agent: `bank-${index % 20}`,
        month: row.month,
        startAt: localToEpoch('Europe/Lisbon', 2010, month, Number(row.day), second) - 5,
        talk: Number(row.duration),
        sale: row.y === 'yes',
      };
    }),
  );
}
