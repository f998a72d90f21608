import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { Changed, TeamView } from '../../shared/organisation.js';
import { id, name, pathId, readBody } from '../input.js';
import { TeamsService } from './teams.service.js';

const TeamBody = z.strictObject({ name, siteId: id, parentId: id.nullable().optional() });
const TeamPatchBody = z.strictObject({
  name: name.optional(),
  parentId: id.nullable().optional(),
  archived: z.boolean().optional(),
  showsRanks: z.boolean().optional(),
});
const ListQuery = z.strictObject({ archived: z.enum(['true', 'false', '']).optional() });

@ApiTags('organisation')
@ApiBearerAuth()
@Access('people:read')
@Controller('api/v1/teams')
export class TeamsController {
  constructor(@Inject(TeamsService) private readonly teams: TeamsService) {}

  @Get()
  @ApiOperation({ summary: 'Teams of the scope, parents before children' })
  list(@Query() query: unknown, @CurrentScope() scope: Scope): Promise<TeamView[]> {
    return this.teams.list(scope, readBody(ListQuery, query).archived === 'true');
  }

  @Get(':id')
  @ApiOperation({ summary: 'One team' })
  one(@Param('id') team: string, @CurrentScope() scope: Scope): Promise<TeamView> {
    return this.teams.one(scope, pathId(team));
  }

  @Post()
  @HttpCode(201)
  @Access('people:write')
  @ApiOperation({ summary: 'Make a team' })
  create(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<Changed<TeamView>> {
    return this.teams.create(actor, readBody(TeamBody, body));
  }

  @Patch(':id')
  @Access('people:write')
  @ApiOperation({ summary: 'Rename, move or archive a team', description: 'Calls keep the team they were made in.' })
  change(
    @Param('id') team: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<TeamView>> {
    return this.teams.change(actor, pathId(team), readBody(TeamPatchBody, body));
  }
}
