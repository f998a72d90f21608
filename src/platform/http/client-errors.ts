import type { Socket } from 'node:net';
import { AppError } from '../errors/index.js';

/** Reasons the HTTP parser gives, as the status line that fits; any other is a plain 400. */
const STATUS_LINES: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** Answers what is not even HTTP: no request exists yet, so the coded body is written to the connection itself. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // A connection the client cut cannot be answered.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const body = JSON.stringify(
    new AppError('request_invalid', { params: { reason: 'it is not readable HTTP' } }).toBody(),
  );
  const head = [
    `HTTP/1.1 ${STATUS_LINES[error.code ?? ''] ?? '400 Bad Request'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
