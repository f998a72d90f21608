/** Proves: sealed values open only with their key, purpose and place; the key file is made once and guarded. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createKeyFile, Keys, readKeyFile } from '../../../src/platform/index.js';
import { temporaryDirectory } from '../../support/files.js';

const keys = new Keys(Buffer.alloc(32, 7));
const others = new Keys(Buffer.alloc(32, 8));

test('what was sealed opens again, and two sealings differ', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (bytes, context) => {
      const plain = Buffer.from(bytes);
      const sealed = keys.encrypt('customer-number', plain, context);
      expect(keys.decrypt('customer-number', sealed, context)).toEqual(plain);
      expect(keys.encrypt('customer-number', plain, context)).not.toEqual(sealed);
    }),
    { numRuns: 100 },
  );
});

test('any changed bit, other place, other purpose or other key is refused', () => {
  const sealed = keys.encrypt('spool', 'secret', 'row 1');
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => keys.decrypt('spool', changed, 'row 1')).toThrow();
    }),
  );
  expect(() => keys.decrypt('spool', sealed, 'row 2')).toThrow();
  expect(() => keys.decrypt('raw-key', sealed, 'row 1')).toThrow();
  expect(() => others.decrypt('spool', sealed, 'row 1')).toThrow(/Sealed with key/);
  for (let length = 0; length < sealed.length; length++) {
    expect(() => keys.decrypt('spool', sealed.subarray(0, length), 'row 1')).toThrow();
  }
});

test('the blind index is the same for equal numbers, different for others, and different under another key', () => {
  expect(keys.blindIndex('+8613800001234')).toEqual(keys.blindIndex('+8613800001234'));
  expect(keys.blindIndex('+8613800001234')).toHaveLength(32);
  expect(keys.blindIndex('+8613800001234')).not.toEqual(keys.blindIndex('+8613800001235'));
  expect(keys.blindIndex('+8613800001234')).not.toEqual(others.blindIndex('+8613800001234'));
});

test('the derivation never changes: these values were computed once and are in databases', () => {
  expect(keys.keyId).toBe(10110);
  expect(keys.blindIndex('+8613800001234').toString('hex')).toBe(
    '3e7937a5ceb4333a42665fa9cc1043738caf7e6944edcd4826a6101d54350289',
  );
});

describe('the key file', () => {
  const directory = temporaryDirectory();
  afterAll(() => directory.remove());

  test('is made once, for its owner only, and read back', () => {
    const file = join(directory.path, 'sub/master.key');
    expect(readKeyFile(file)).toBeNull();
    const made = createKeyFile(file);
    expect(made.map((key) => key.length)).toEqual([32]);
    expect(readKeyFile(file)).toEqual(made);
    expect(createKeyFile(file)).toEqual(made);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is refused when others may read it or it holds something else', () => {
    const file = join(directory.path, 'other.key');
    writeFileSync(file, 'ab'.repeat(32), { mode: 0o600 });
    expect(readKeyFile(file)).toEqual([Buffer.alloc(32, 0xab)]);
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(file, mode);
      expect(() => readKeyFile(file)).toThrow(expect.objectContaining({ code: 'master_key_unsafe' }));
    }
    writeFileSync(file, 'not a key');
    chmodSync(file, 0o600);
    expect(() => readKeyFile(file)).toThrow(expect.objectContaining({ code: 'master_key_unsafe' }));
  });
});
