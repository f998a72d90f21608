import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Sends what NestJS itself has to say to our log: its start-up chatter at debug, its warnings as they are. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: contextOf(rest) }, String(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: contextOf(rest) }, String(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace({ context: contextOf(rest) }, String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn({ context: contextOf(rest) }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const err = message instanceof Error ? message : rest.find((item) => item instanceof Error);
    this.logger.error({ context: contextOf(rest), ...(err ? { err } : {}), detail: textOf(rest) }, String(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal({ context: contextOf(rest) }, String(message));
  }
}

/** NestJS passes the name of the class that speaks as the last argument. */
function contextOf(rest: unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}

function textOf(rest: unknown[]): string | undefined {
  return rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
}
