import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor } from '../access/index.js';
import { AppError } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import {
  RETENTION_LIMITS,
  type RetentionClass,
  type RetentionDays,
  type RetentionPreview,
  type RetentionView,
} from '../shared/retention.js';
import { RetentionService } from './retention.service.js';

function days(id: RetentionClass) {
  const { minDays, maxDays } = RETENTION_LIMITS[id];
  return z
    .number({ error: 'must be a whole number of days' })
    .int('must be a whole number of days')
    .refine((n) => n >= minDays && n <= maxDays, `must be ${minDays} to ${maxDays} days`)
    .optional();
}
const wanted = z.strictObject({
  raw: days('raw'),
  facts: days('facts'),
  parked: days('parked'),
  access: days('access'),
  audit: days('audit'),
});

const SCHEMA = {
  type: 'object',
  properties: {
    raw: { type: 'integer', description: 'Raw bodies' },
    facts: { type: 'integer', description: 'Calls and their events, 31 at least' },
    parked: { type: 'integer', description: 'Requests that could not be used' },
    access: { type: 'integer', description: 'Ended sessions and links' },
    audit: { type: 'integer', description: 'Audit log, 180 at least' },
  },
  additionalProperties: false,
};

/** How long what is kept. */
@ApiTags('retention')
@ApiBearerAuth()
@Access('settings:read')
@Controller('api/v1/retention')
export class RetentionController {
  constructor(@Inject(RetentionService) private readonly retention: RetentionService) {}

  @Get()
  @ApiOperation({ summary: 'Limits in days by class, the oldest there is, and the last run' })
  view(): Promise<RetentionView> {
    return this.retention.view();
  }

  @Put()
  @Access('settings:write')
  @ApiBody({ schema: SCHEMA })
  @ApiOperation({ summary: 'Change limits; the next run applies them' })
  async change(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<RetentionView> {
    await this.retention.change(read(body), actor);
    return this.retention.view();
  }

  @Post('preview')
  @HttpCode(200)
  @ApiBody({ schema: SCHEMA })
  @ApiOperation({ summary: 'What a run would remove now, with these limits; removes nothing' })
  preview(@Body() body: unknown): Promise<RetentionPreview> {
    return this.retention.preview(read(body ?? {}));
  }
}

function read(body: unknown): Partial<RetentionDays> {
  const parsed = wanted.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? (issue?.path.join('.') || 'body');
  const reason = unknown === undefined ? (issue?.message ?? 'is not valid') : 'is no class with a limit';
  throw new AppError('request_invalid', { field, params: { reason: `${field}: ${reason}` } });
}
