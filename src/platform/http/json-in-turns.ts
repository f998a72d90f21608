/**
 * Long answers: turned into JSON in short turns, so that nobody else waits for megabytes of it. Every byte is the one
 * `JSON.stringify` makes.
 */
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { Turns } from '../turns.js';

/** For routes whose answers may be long: `@UseInterceptors(JsonInTurns)`. */
export class JsonInTurns implements NestInterceptor<unknown, Buffer> {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<Buffer> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      mergeMap(async (answer) => {
        const body = await jsonInTurns(answer);
        reply.type('application/json; charset=utf-8');
        return body;
      }),
    );
  }
}

/** Turned into text at once: far less than a turn. */
const ITEMS = 100;
/** Where lists are still looked for: the rows of a table of a report's sections. */
const DEPTH = 5;
const PART_CHARACTERS = 64 * 1024;

/** What JSON has no word for (undefined, a function) is `null`. */
export async function jsonInTurns(value: unknown): Promise<Buffer> {
  const turns = new Turns();
  const parts: Buffer[] = [];
  let text = '';
  for (const piece of piecesOf(value, DEPTH)) {
    text += piece;
    if (text.length >= PART_CHARACTERS) {
      parts.push(Buffer.from(text, 'utf8'));
      text = '';
    }
    if (turns.over) await turns.next();
  }
  parts.push(Buffer.from(text, 'utf8'));
  return Buffer.concat(parts);
}

function* piecesOf(value: unknown, depth: number): Generator<string> {
  if (depth === 0 || !isPlain(value)) yield JSON.stringify(value) ?? 'null';
  else if (Array.isArray(value)) yield* piecesOfList(value, depth);
  else {
    let before = '{';
    for (const [key, member] of Object.entries(value)) {
      if (!isSayable(member)) continue;
      yield `${before}${JSON.stringify(key)}:`;
      yield* piecesOf(member, depth - 1);
      before = ',';
    }
    yield before === '{' ? '{}' : '}';
  }
}

function* piecesOfList(list: readonly unknown[], depth: number): Generator<string> {
  if (list.length === 0) {
    yield '[]';
  } else if (list.length > ITEMS) {
    for (let at = 0; at < list.length; at += ITEMS) {
      yield `${at === 0 ? '[' : ','}${JSON.stringify(list.slice(at, at + ITEMS)).slice(1, -1)}`;
    }
    yield ']';
  } else {
    for (const [index, item] of list.entries()) {
      yield index === 0 ? '[' : ',';
      yield* piecesOf(item, depth - 1);
    }
    yield ']';
  }
}

/** An object or a list that speaks for itself; a date does not. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('toJSON' in value);
}

function isSayable(member: unknown): boolean {
  return member !== undefined && typeof member !== 'function' && typeof member !== 'symbol';
}
