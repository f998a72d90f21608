/** What requests about schedules bring, checked; errors name the field. */
import { z } from 'zod';
import { isTimeZone } from '../../organisation/index.js';
import { AppError } from '../../platform/index.js';
import { ReportSourceSchema } from '../../shared/report-schema.js';
import {
  DESTINATION_KINDS,
  type DestinationInput,
  type DestinationTest,
  MAIL_RECIPIENTS_MAX,
  PACK_LINK_USES_MAX,
  PACK_LINKS,
  SCHEDULE_DESTINATIONS_MAX,
  SCHEDULE_FORMATS,
  SCHEDULE_SOURCES_MAX,
  type ScheduleInput,
  type SchedulePatch,
  type ScheduleRhythm,
  type UpcomingRequest,
} from '../../shared/schedules.js';

const plain = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text);
const name = z.string().trim().min(1, 'must not be empty').max(80).refine(plain, 'must not hold control characters');
const at = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30');
const zone = z.string().max(60).refine(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai').nullable();

export const RhythmSchema: z.ZodType<ScheduleRhythm> = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), at }),
  z.strictObject({ every: z.literal('week'), weekday: z.int().min(1).max(7), at }),
  z.strictObject({ every: z.literal('month'), day: z.union([z.literal('last'), z.int().min(1).max(28)]), at }),
]);

/** Nothing in it can begin another header or another address. */
const mailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>(),;:"[\]\\\p{Cc}]+@[^\s@<>(),;:"[\]\\\p{Cc}]+$/u, 'must be an e-mail address');

export const DestinationSchema = z.strictObject({
  id: z.int().min(1).max(2_147_483_647).optional(),
  kind: z.enum(DESTINATION_KINDS),
  to: z
    .array(mailAddress)
    .min(1)
    .max(MAIL_RECIPIENTS_MAX)
    .refine((all) => new Set(all).size === all.length, 'must not hold the same twice')
    .optional(),
  url: z.string().trim().min(1).max(2_000).optional(),
  secret: z.string().trim().max(200).optional(),
  link: z.boolean().optional(),
  file: z.boolean().optional(),
});

export const ScheduleSchema = z.strictObject({
  name,
  sources: z.array(ReportSourceSchema).min(1).max(SCHEDULE_SOURCES_MAX),
  format: z.enum(SCHEDULE_FORMATS),
  language: z.enum(['en', 'zh']),
  rhythm: RhythmSchema,
  zone,
  workingDaysOnly: z.boolean(),
  packLink: z.enum(PACK_LINKS).optional(),
  packLinkUses: z.int().min(1).max(PACK_LINK_USES_MAX).optional(),
  destinations: z.array(DestinationSchema).min(1).max(SCHEDULE_DESTINATIONS_MAX),
  active: z.boolean(),
});
/** What is only looked at needs nobody to send it to. */
export const PreviewSchema = ScheduleSchema.extend({
  destinations: z.array(DestinationSchema).max(SCHEDULE_DESTINATIONS_MAX),
});
export const SchedulePatchSchema = ScheduleSchema.partial().extend({
  revision: z.int().min(1),
  takeOver: z.literal(true).optional(),
});
export const UpcomingSchema = z.strictObject({ rhythm: RhythmSchema, zone, workingDaysOnly: z.boolean() });
export const TestSchema = z.strictObject({
  destination: DestinationSchema,
  schedule: z.int().min(1).max(2_147_483_647).optional(),
  language: z.enum(['en', 'zh']),
});

/** Throws `request_invalid` with the path of the field, e.g. `destinations.0.to`. */
function readBody<T>(schema: z.ZodType, given: unknown): T {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data as T;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = (unknown ?? (issue?.path.join('.') || 'body')).slice(0, 80);
  const reason = unknown === undefined ? (issue?.message ?? 'not usable') : 'there is no such field';
  throw new AppError('request_invalid', { field, params: { reason: `${field}: ${reason}` } });
}

export const readSchedule = (given: unknown) => readBody<ScheduleInput>(ScheduleSchema, given);
export const readPreview = (given: unknown) => readBody<ScheduleInput>(PreviewSchema, given);
export const readPatch = (given: unknown) => readBody<SchedulePatch>(SchedulePatchSchema, given);
export const readUpcoming = (given: unknown) => readBody<UpcomingRequest>(UpcomingSchema, given);
export const readTest = (given: unknown) =>
  readBody<DestinationTest & { destination: DestinationInput }>(TestSchema, given);
