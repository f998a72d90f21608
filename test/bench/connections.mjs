/** Live connections without a browser: they acknowledge what they get and do nothing with it. */
import { io } from 'socket.io-client';
import { API_KEY } from './ingest.mjs';

const KEY = { authorization: `Bearer ${API_KEY}` };

/** Watches a scope; resolves with its first snapshot there. `headers` say who it is. */
export function openSocket(base, { scope = 'board:default', headers = KEY } = {}) {
  const socket = io(base, { path: '/live', transports: ['websocket'], extraHeaders: headers, forceNew: true });
  socket.on('delta', (_frame, ack) => ack());
  return new Promise((resolve, reject) => {
    socket.on('connect_error', reject);
    socket.on('snapshot', (_frame, ack) => {
      ack();
      resolve(socket);
    });
    socket.emit('subscribe', { scope }, (reply) => {
      if (!reply.ok) reject(new Error(`${scope}: ${reply.message}`));
    });
  });
}

/** Headers of somebody who is signed in. */
export const signedIn = (session) => ({ cookie: `${SESSION_COOKIE}=${session}` });
export const SESSION_COOKIE = 'tallyboard';
