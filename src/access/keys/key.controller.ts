import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AppError, CLOCK, type Clock, isoOf } from '../../platform/index.js';
import { PERMISSIONS } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import {
  KEY_LIFETIME_MAX_DAYS,
  KEY_NAME_MAX,
  KEY_RATE_DEFAULT,
  KEY_RATE_MAX,
  KEY_TEAMS_MAX,
  type KeyView,
  type MadeKey,
  TEAM_KEY_SCOPES,
} from '../../shared/keys.js';
import { Access, CurrentPrincipal } from '../access.decorator.js';
import { CurrentActor } from '../actor.js';
import type { Principal } from '../principal.js';
import type { KeyRow } from './key.repository.js';
import { KeyService } from './key.service.js';
import { isInUse } from './key-standing.js';

const DAY_MS = 86_400_000;

const NewKeyBody = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(KEY_NAME_MAX)
    .regex(/^[^\p{Cc}]*$/u),
  scopes: z
    .array(z.enum(PERMISSIONS))
    .min(1)
    .max(PERMISSIONS.length)
    .transform((scopes) => [...new Set(scopes)]),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .nullish(),
  ratePerMinute: z.int().min(1).max(KEY_RATE_MAX).default(KEY_RATE_DEFAULT),
  teams: z
    .array(z.int().min(0).max(2_147_483_647))
    .min(1, 'name at least one team, or leave teams out for the whole organisation')
    .max(KEY_TEAMS_MAX, `name at most ${KEY_TEAMS_MAX} teams; those below them come with them`)
    .transform((teams) => [...new Set(teams)].sort((a, b) => a - b))
    .nullish(),
});

@ApiTags('keys')
@ApiBearerAuth()
@Access('keys:manage')
@Controller('api/v1/keys')
export class KeyController {
  constructor(
    @Inject(KeyService) private readonly keys: KeyService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'API keys, those in use first' })
  async list(): Promise<KeyView[]> {
    return (await this.keys.list()).map((row) => this.viewOf(row));
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Make a key',
    description:
      'The answer holds the key itself: it is shown this once. With `teams` it sees these and those below, as their ' +
      `supervisor does, and may have of the scopes only ${TEAM_KEY_SCOPES.join(', ')}.`,
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['name', 'scopes'],
      properties: {
        name: { type: 'string', maxLength: KEY_NAME_MAX },
        scopes: { type: 'array', items: { type: 'string', enum: [...PERMISSIONS] } },
        expiresAt: { type: 'string', format: 'date-time', nullable: true },
        ratePerMinute: { type: 'integer', minimum: 1, maximum: KEY_RATE_MAX, default: KEY_RATE_DEFAULT },
        teams: {
          type: 'array',
          items: { type: 'integer' },
          minItems: 1,
          maxItems: KEY_TEAMS_MAX,
          nullable: true,
          description: 'Ids of teams; null or absent: the whole organisation.',
        },
      },
    },
  })
  async make(
    @Body() body: unknown,
    @CurrentPrincipal() maker: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<MadeKey> {
    if (maker === null) throw new AppError('unauthenticated');
    const { name, scopes, ratePerMinute, expiresAt = null, teams = null } = this.read(body);
    const { row, secret } = await this.keys.make({ name, scopes, teams, ratePerMinute, expiresAt }, maker, actor);
    return { key: this.viewOf(row), secret };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key, at once and for good' })
  async revoke(@Param('id') id: string, @CurrentActor() actor: AuditActor): Promise<void> {
    if (!/^\d{1,9}$/.test(id)) throw new AppError('not_found');
    await this.keys.revoke(Number(id), actor);
  }

  private read(body: unknown): z.infer<typeof NewKeyBody> {
    const parsed = NewKeyBody.safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.join('.') || 'body';
      throw new AppError('request_invalid', {
        field,
        params: { reason: `${field}: ${issue?.message ?? 'not valid'}` },
      });
    }
    const { expiresAt } = parsed.data;
    const now = this.clock.now();
    const isFar = (at: number): boolean => at <= now || at > now + KEY_LIFETIME_MAX_DAYS * DAY_MS;
    if (expiresAt != null && isFar(expiresAt)) throw new AppError('key_expiry_invalid', { field: 'expiresAt' });
    return parsed.data;
  }

  private viewOf(row: KeyRow): KeyView {
    const { id, name, prefix, scopes, teams, ratePerMinute, createdById, createdByName } = row;
    const iso = (at: number | null): string | null => (at === null ? null : isoOf(at));
    return {
      id,
      name,
      prefix,
      scopes,
      teams,
      ratePerMinute,
      createdBy: createdById === null ? null : { id: createdById, name: createdByName ?? String(createdById) },
      createdAt: isoOf(row.createdAt),
      expiresAt: iso(row.expiresAt),
      lastUsedAt: iso(row.lastUsedAt),
      revokedAt: iso(row.revokedAt),
      state: row.revokedAt !== null ? 'revoked' : isInUse(row, this.clock.now()) ? 'active' : 'expired',
    };
  }
}
