import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, parseInput } from '../../access/index.js';
import type { AuditActor } from '../../shared/audit.js';
import {
  AGENT_STATES,
  type PauseReason,
  type StateThresholds,
  type StatusLimit,
  type TaskRouterActivity,
} from '../../shared/presence.js';
import { StateSettingsService } from './state-settings.service.js';

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value), 'must not hold control characters');
const ReasonsBody = z.strictObject({
  reasons: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z0-9_-]{1,32}$/, 'key must have 1 to 32 of a–z, 0–9, "_" and "-"'),
        name: z.strictObject({ en: text(40), zh: text(40) }),
        archived: z.boolean().default(false),
      }),
    )
    .max(50)
    .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'each key may stand there once'),
});
const steps = z.array(z.int().min(1).max(86_400)).min(1).max(6);
const ThresholdsBody = z.strictObject({ available: steps, on_call: steps, wrap_up: steps, paused: steps });
const LimitBody = z.strictObject({ hours: z.int().min(1).max(24) });
const ActivitiesBody = z.strictObject({
  activities: z
    .array(
      z
        .strictObject({
          name: text(128),
          state: z.enum(AGENT_STATES),
          reason: z.string().min(1).max(32).optional(),
        })
        .refine(({ state, reason }) => reason === undefined || state === 'paused', 'only a pause has a reason'),
    )
    .max(500)
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'each name may stand there once'),
});

@ApiTags('agent states')
@ApiBearerAuth()
@Controller('api/v1')
export class StateSettingsController {
  constructor(@Inject(StateSettingsService) private readonly settings: StateSettingsService) {}

  @Get('pause-reasons')
  @Access('signed-in')
  @ApiOperation({ summary: 'Reasons of a pause, in order; archived ones last' })
  reasons(): Promise<PauseReason[]> {
    return this.settings.reasons();
  }

  @Put('pause-reasons')
  @Access('settings:write')
  @ApiOperation({ summary: 'The whole list of pause reasons, in order' })
  putReasons(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<PauseReason[]> {
    return this.settings.putReasons(actor, parseInput(ReasonsBody, body).reasons);
  }

  @Get('state-thresholds')
  @Access('signed-in')
  @ApiOperation({ summary: 'Seconds in a state from which it is shown in the next colour' })
  thresholds(): Promise<StateThresholds> {
    return this.settings.thresholds();
  }

  @Put('state-thresholds')
  @Access('settings:write')
  @ApiOperation({ summary: 'Set from when on a state is long' })
  putThresholds(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<StateThresholds> {
    return this.settings.putThresholds(actor, parseInput(ThresholdsBody, body));
  }

  @Get('status-limit')
  @Access('settings:read')
  @ApiOperation({ summary: 'How long a status lasts that nobody ends' })
  limit(): Promise<StatusLimit> {
    return this.settings.limit();
  }

  @Put('status-limit')
  @Access('settings:write')
  @ApiOperation({ summary: 'Set how long a status lasts that nobody ends' })
  putLimit(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<StatusLimit> {
    return this.settings.putLimit(actor, parseInput(LimitBody, body));
  }

  @Get('taskrouter-activities')
  @Access('settings:read')
  @ApiOperation({ summary: 'What activities of TaskRouter mean; those nobody has mapped yet first' })
  activities(): Promise<TaskRouterActivity[]> {
    return this.settings.activities();
  }

  @Put('taskrouter-activities')
  @Access('settings:write')
  @ApiOperation({ summary: 'Map activities; counts for the past too' })
  putActivities(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<TaskRouterActivity[]> {
    return this.settings.putActivities(actor, parseInput(ActivitiesBody, body).activities);
  }
}
