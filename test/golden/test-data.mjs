// Where the real data files are. Imports nothing of the product.
const VARIABLE = 'TALLYBOARD_TEST_DATA';

/**
 * The folder of the data, or null after saying which proofs are left out. With CI=true nothing may be left out: throws.
 * @param proofs what cannot be shown without the data, for the message
 */
export function testDataFolder(proofs) {
  const folder = process.env[VARIABLE];
  if (folder) return folder;
  const message = `${VARIABLE} is not set: left out: ${proofs}. Set it to the folder that holds the data files.`;
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(message);
  return null;
}
