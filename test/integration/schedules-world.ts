/** What the proofs of scheduled reports stand on: a server, receivers that keep what they get, and the job itself. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SMTPServer } from 'smtp-server';
import { workerModule } from '../../src/app.module.js';
import { ManualClock } from '../../src/platform/index.js';
import { ScheduleJob } from '../../src/reports/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { makeUser } from './boards-world.js';

/** Monday, 23 November 2026, 08:00 in Shanghai. */
export const MONDAY_8 = Date.UTC(2026, 10, 23, 0);

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** What it says next, first in first out; then `usual`. */
  answers: { status: number; body: string; headers?: Record<string, string> }[];
  usual: { status: number; body: string };
  close(): Promise<void>;
}

/** An HTTP server that keeps what it gets. */
export async function receiver(): Promise<Receiver> {
  const kept: Received[] = [];
  const answers: Receiver['answers'] = [];
  const usual = { status: 200, body: '{"errcode":0,"errmsg":"ok","code":0,"msg":"success"}' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      kept.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const { status, body, headers } = { headers: {}, ...(answers.shift() ?? usual) };
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: kept,
    answers,
    usual,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface Mailbox {
  url: string;
  mails: { from: string; to: string[]; source: string }[];
  /** Recipients it refuses. */
  refuses: Set<string>;
  /** While true every mail is put off with 451. */
  busy: boolean;
  close(): Promise<void>;
}

/** A real SMTP server that wants a sign-in. */
export async function mailbox(): Promise<Mailbox> {
  const box: Omit<Mailbox, 'url' | 'close'> = { mails: [], refuses: new Set(), busy: false };
  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'reports' && password === 'a secret' ? done(null, { user: 'reports' }) : done(new Error('no')),
    onRcptTo: ({ address }, _session, done) => done(box.refuses.has(address) ? smtpError(550) : undefined),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (box.busy) return done(smtpError(451));
        const { mailFrom, rcptTo } = session.envelope;
        box.mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(box, {
    url: `smtp://reports:a%20secret@127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

function smtpError(responseCode: number): Error {
  return Object.assign(new Error('not now'), { responseCode });
}

export type Lead = Awaited<ReturnType<typeof makeUser>>;

export interface ScheduleWorld {
  server: TestServer;
  clock: ManualClock;
  mail: Mailbox;
  /** May make exports, sees the organisation. */
  ops: Lead;
  admin: Lead;
  /** The job of a process without HTTP; each call is another process's. Looks only when told to. */
  worker(): Promise<ScheduleJob>;
  close(): Promise<void>;
}

/** The HTTP process; who works in the background the test decides. */
export async function scheduleWorld(): Promise<ScheduleWorld> {
  const mail = await mailbox();
  const clock = new ManualClock(MONDAY_8);
  const server = await startTestServer({
    clock,
    config: {
      roles: ['api'],
      smtpUrl: mail.url,
      mailFrom: 'Tallyboard <reports@example.com>',
      outboundAllow: ['127.0.0.1'],
      publicUrl: 'https://calls.example.com',
    },
  });
  const contexts: INestApplicationContext[] = [];
  return {
    server,
    clock,
    mail,
    ops: await makeUser(server, 'olivia@example.com', { role: 'ops' }),
    admin: await makeUser(server, 'adam@example.com', { role: 'admin' }),
    worker: async () => {
      const context = await NestFactory.createApplicationContext(workerModule(server.server.core), {
        logger: false,
      });
      contexts.push(context);
      return context.get(ScheduleJob, { strict: false });
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await server.close();
      await mail.close();
    },
  };
}

export const EXPLORE = {
  kind: 'explore',
  spec: {
    range: { preset: 'yesterday' },
    kpis: ['dials', 'connects', 'connect_rate'],
    groupBy: ['team'],
    filters: {},
    compare: 'previous',
  },
};

export const WEEKLY = {
  name: '周会 Weekly',
  sources: [EXPLORE],
  format: 'pdf',
  language: 'en',
  rhythm: { every: 'week', weekday: 1, at: '08:30' },
  zone: null,
  workingDaysOnly: false,
  active: true,
};
