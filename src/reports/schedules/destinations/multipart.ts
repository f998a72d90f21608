/** A file as WeCom's robots take it. Pure but for the boundary. */
import { uuid } from '../../../platform/index.js';

/** The robot's own address, with another last word: `…/webhook/send?key=…` → `…/webhook/upload_media?key=…&type=file`. */
export function wecomUploadAddress(robot: string): string {
  const address = new URL(robot);
  address.pathname = address.pathname.replace(/[^/]*$/, 'upload_media');
  address.searchParams.set('type', 'file');
  return address.href;
}

/**
 * One file as `multipart/form-data`. The name stands in it as UTF-8: the other side shows what is in `filename` and knows
 * nothing of `filename*`.
 */
export function multipart(
  field: string,
  { name, mediaType, content }: { name: string; mediaType: string; content: Buffer },
): { body: Buffer; type: string } {
  const boundary = `tallyboard-${uuid()}`;
  const shown = name.replace(/["\\\r\n]/g, ' ');
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${field}"; filename="${shown}"; filelength=${content.length}`,
    `Content-Type: ${mediaType}`,
    '',
    '',
  ].join('\r\n');
  return {
    body: Buffer.concat([Buffer.from(head, 'utf8'), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}
