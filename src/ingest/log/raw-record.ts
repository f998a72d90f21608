/** A raw request as bytes, for sealing: 4 bytes length of the target, the target, the body. Pure. */
export function packRaw(target: string, body: Buffer): Buffer {
  const head = Buffer.from(target, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

export function unpackRaw(packed: Buffer): { target: string; body: Buffer } {
  const end = 4 + packed.readUInt32BE(0);
  return { target: packed.toString('utf8', 4, end), body: packed.subarray(end) };
}
