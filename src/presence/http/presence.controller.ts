import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Access,
  CurrentActor,
  CurrentPrincipal,
  CurrentScope,
  idOf,
  type Principal,
  parseInput,
} from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import { type AgentTimeline, CHOSEN_STATES, type PresenceView } from '../../shared/presence.js';
import { OwnStateService } from './own-state.service.js';
import { TimelineReadModel } from './timeline.read-model.js';

const StateChangeBody = z.strictObject({
  state: z.enum(CHOSEN_STATES, `must be one of ${CHOSEN_STATES.join(', ')}`),
  reason: z.string().min(1).max(32).optional(),
});
/** Other years are mistakes, and far ones cost time-zone arithmetic. */
const TimelineQuery = z.strictObject({
  date: z.iso
    .date('send a date as YYYY-MM-DD')
    .refine((date) => date >= '1971-01-01' && date < '2101-01-01', 'send a date from 1971 to 2100')
    .optional(),
});

@ApiTags('agent states')
@ApiBearerAuth()
@Controller('api/v1')
export class PresenceController {
  constructor(
    @Inject(OwnStateService) private readonly own: OwnStateService,
    @Inject(TimelineReadModel) private readonly timelines: TimelineReadModel,
  ) {}

  @Get('me/state')
  @Access('signed-in')
  @ApiOperation({ summary: 'What one is doing now, as an agent' })
  state(@CurrentPrincipal() principal: Principal | null): Promise<PresenceView> {
    return this.own.read(agentOf(principal));
  }

  @Put('me/state')
  @Access('signed-in')
  @ApiOperation({ summary: 'Say what one is doing', description: 'A pause needs a reason while there are any.' })
  setState(
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
    @Body() body: unknown,
  ): Promise<PresenceView> {
    const { state, reason } = parseInput(StateChangeBody, body);
    return this.own.set(actor, agentOf(principal), state, reason);
  }

  @Get('agents/:id/timeline')
  @Access('kpis:read')
  @ApiOperation({ summary: 'A business day of an agent as spans of states' })
  @ApiQuery({ name: 'date', required: false, description: 'YYYY-MM-DD; default today' })
  timeline(@Param('id') id: string, @Query() query: unknown, @CurrentScope() scope: Scope): Promise<AgentTimeline> {
    const { date } = parseInput(TimelineQuery, query);
    return this.timelines.of(idOf(id), date, scope);
  }
}

function agentOf(principal: Principal | null): number | null {
  return principal?.kind === 'user' ? principal.agentId : null;
}
