import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger } from 'pino';

/**
 * JSON lines on stdout, readable lines on a terminal. ERROR means that someone must act. Bodies, query strings,
 * numbers and names of people are never passed to it; the fields below are cut out should one slip in.
 */
export function createLogger(options: { level: string; pretty?: boolean; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.password', '*.authorization', '*.cookie', '*.token', 'err.parameters', 'err.detail', 'err.query'],
      remove: true,
    },
  };
  if (options.destination) return pino(settings, options.destination);
  if (!(options.pretty ?? process.stdout.isTTY)) return pino(settings);
  return pino({
    ...settings,
    transport: {
      target: 'pino-pretty',
      options: { translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true },
    },
  });
}

export const silentLogger: Logger = pino({ level: 'silent' });
