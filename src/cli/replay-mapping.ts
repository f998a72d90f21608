import { z } from 'zod';

/**
 * How the rows of a call list become phone calls: a small JSON file beside the data, so that what was assumed about a
 * data set can be read, reviewed and repeated. Seconds and local times of the given zone throughout.
 */

const column = z.string().min(1);
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number such as +14155550100');
const zone = z.string().refine(isZone, 'an IANA time zone such as Europe/Lisbon');
/** A number per row: a column, or the row's place in the file (from 0). */
const rowNumber = z.union([z.strictObject({ column }), z.strictObject({ row: z.literal(true) })]);

const date = z.union([
  z.strictObject({ day: column, month: column, year: z.int().min(1970).max(2100) }),
  z.strictObject({ column, format: z.literal('yymmdd'), century: z.union([z.literal(1900), z.literal(2000)]) }),
]);

const shared = {
  title: z.string().min(1),
  /** Where the data comes from and what was decided; for people. */
  notes: z.array(z.string()).default([]),
  separator: z.string().length(1),
  timeZone: zone,
  account: z.string().regex(/^AC[0-9a-f]{32}$/, 'AC and 32 hex digits'),
  /** Columns that together name a call; empty = the row's place in the file. */
  key: z.array(column),
  date,
  /** The company's own number. */
  companyNumber: phone,
};

const outbound = z.strictObject({
  ...shared,
  topology: z.enum(['softphone', 'customer-first']),
  /** Every row is an answered call. */
  answered: z.union([
    z.strictObject({ time: column }),
    z.strictObject({ from: z.string(), rowTimes: z.int(), modulo: z.int().positive() }),
  ]),
  ended: z.union([z.strictObject({ time: column }), z.strictObject({ duration: column })]),
  ringSeconds: z.int().min(0).max(600),
  /** Rows with a sale, made at the end of the call and told of that call or of its customer alone. */
  sale: z.strictObject({ column, is: z.string(), names: z.enum(['call', 'customer']) }).optional(),
  agent: z.strictObject({ prefix: z.string(), number: rowNumber, modulo: z.int().positive() }),
  customer: z.strictObject({
    prefix: phone.or(z.string().regex(/^\+\d+$/)),
    number: rowNumber,
    digits: z.int().min(1).max(10),
  }),
});

const inbound = z.strictObject({
  ...shared,
  topology: z.literal('inbound'),
  /** Time of day of the first event; a time of day smaller than this one is after midnight. */
  start: column,
  menuSeconds: column,
  queueSeconds: column,
  queueExit: column,
  service: z.strictObject({ start: column, seconds: column, /** Stands for "not recorded". */ blank: z.string() }),
  outcome: z.strictObject({
    column,
    answered: z.array(z.string()),
    /** Offered only when they queued. */ left: z.array(z.string()),
  }),
  agent: z.strictObject({ column, none: z.array(z.string()) }),
  /** Rung for callers no named agent took: a plain number is nobody's. */
  floorNumber: phone,
  customer: z.strictObject({
    prefix: z.string().regex(/^\+\d+$/),
    column,
    digits: z.int().min(1).max(10),
    /** Value of an unknown caller. */ anonymous: z.string(),
  }),
});

export const mappingSchema = z.discriminatedUnion('topology', [outbound, inbound]);
export type Mapping = z.infer<typeof mappingSchema>;
export type OutboundMapping = z.infer<typeof outbound>;
export type InboundMapping = z.infer<typeof inbound>;

/** @throws Error that lists every problem with its place in the file */
export function parseMapping(json: string, name: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`Mapping ${name} is not JSON: ${(error as Error).message}`);
  }
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(file)'}: ${issue.message}`);
  throw new Error(`Mapping ${name} cannot be used:\n${problems.join('\n')}`);
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
