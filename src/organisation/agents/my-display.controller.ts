import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentPrincipal, type Principal } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { OwnDisplay } from '../../shared/organisation.js';
import { readBody } from '../input.js';
import { AgentsReadModel } from './agents.read-model.js';
import { AgentsService } from './agents.service.js';

const DisplayBody = z.strictObject({ display: z.enum(['public', 'hidden']) });

/** Whether others see one's name on boards and leaderboards: a person's own wish, for people who are an agent. */
@ApiTags('me')
@Controller('api/v1/me/display')
@Access('signed-in')
export class MyDisplayController {
  constructor(
    @Inject(AgentsReadModel) private readonly readModel: AgentsReadModel,
    @Inject(AgentsService) private readonly agents: AgentsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whether others see one’s own name on boards and leaderboards' })
  async read(@CurrentPrincipal() principal: Principal | null): Promise<OwnDisplay> {
    const id = ownAgent(principal);
    const scope: Scope = { kind: 'agents', agents: [id] };
    return { display: (await this.readModel.one(scope, id)).display };
  }

  @Put()
  @ApiOperation({ summary: 'Show or hide one’s own name on boards and leaderboards' })
  async change(
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
    @Body() body: unknown,
  ): Promise<OwnDisplay> {
    const { display } = readBody(DisplayBody, body);
    const { result } = await this.agents.change(actor, ownAgent(principal), { display });
    return { display: result.display };
  }
}

function ownAgent(principal: Principal | null): number {
  if (principal?.kind !== 'user' || principal.agentId === null) throw new AppError('not_an_agent');
  return principal.agentId;
}
