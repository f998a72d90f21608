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

function addSale(totals, key) {
  totals[key] ??= zero();
  totals[key].sales = (totals[key].sales ?? 0) + 1;
}

/** A sale is made at the end of the call, five seconds of ringing and the talk after its start. */
const soldAt = ({ startAt, talk }) => startAt + 5 + talk;

/**
 * By agent, by hour and by local date (epoch s of the hour / YYYY-MM-DD): sales at the time of the sale; contacts and sales
 * of the customer's first (and only) attempt with the call; conversion per connect.
 */
function conversions(calls, zone) {
  const byAgent = {};
  const byDate = {};
  const dateOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const date = (epoch) => dateOf.format(epoch * 1000);
  for (const call of calls) {
    for (const [group, key, saleKey] of [
      [byAgent, call.agent, call.agent],
      [byDate, date(call.startAt), date(soldAt(call))],
    ]) {
      for (const place of [key, saleKey]) group[place] ??= { connects: 0, sales: 0, contacts: 0, first_call_sales: 0 };
      group[key].connects += 1;
      if (!call.sale) continue;
      group[saleKey].sales += 1;
      group[key].contacts += 1;
      group[key].first_call_sales += 1;
    }
  }
  for (const row of [...Object.values(byAgent), ...Object.values(byDate)]) {
    row.conversion_rate = row.connects === 0 ? null : row.sales / row.connects;
  }
  return { byAgent, byDate };
}

/** @param calls {agent, month, startAt (epoch s), talk (s), sale}[] */
function sum(calls, zone) {
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
    if (call.sale) addSale(byAgent, call.agent);
    if (call.sale) addSale(byHour, hourOf(soldAt(call)));
  }
  return { total, byAgent, byHour, byMonth, conversions: conversions(calls, zone) };
}

/** Every row is answered; it starts 5 s before `CallStart`. */
export function carInsurance(folder) {
  return sum(carInsuranceCalls(folder), 'America/New_York');
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
    'Europe/Lisbon',
  );
}
