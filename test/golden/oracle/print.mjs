// node test/golden/oracle/print.mjs <folder of the data> : all totals as JSON.
import { anonymousBank } from './anonymous-bank.mjs';
import { bank, carInsurance } from './outbound.mjs';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Give the folder of the data files.');
  process.exitCode = 2;
} else {
  const totals = { carInsurance: carInsurance(folder), bank: bank(folder), anonymousBank: anonymousBank(folder) };
  console.log(JSON.stringify(totals, null, 1));
}
