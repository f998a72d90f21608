import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type {
  AddressCreate,
  AgentDetail,
  AgentPage,
  AgentStatus,
  Changed,
  MergePreview,
} from '../../shared/organisation.js';
import { date, id, name, pathId, plainText, readBody, readIdList, validFrom } from '../input.js';
import { ADDRESS_KINDS } from './address-kind.js';
import { AgentsReadModel } from './agents.read-model.js';
import { AgentsService } from './agents.service.js';
import { MergeService } from './merge.service.js';

const STATUSES = ['new', 'active', 'left', 'merged', 'erased'] as const satisfies AgentStatus[];
const WITHOUT_STATUS: AgentStatus[] = ['new', 'active', 'left'];

const display = z.enum(['public', 'hidden']);
const kind = z.enum(ADDRESS_KINDS);
const addressValue = z.string().min(1).max(256);
const CreateBody = z.strictObject({
  name,
  teamId: id,
  display: display.optional(),
  employedFrom: date.nullable().optional(),
  employedUntil: date.nullable().optional(),
  addresses: z
    .array(z.strictObject({ kind, value: addressValue }))
    .max(50)
    .optional(),
});
const PatchBody = z.strictObject({
  name: name.optional(),
  status: z.enum(['active', 'left']).optional(),
  display: display.optional(),
  employedFrom: date.nullable().optional(),
  employedUntil: date.nullable().optional(),
});
const ConfirmBody = z.strictObject({ name, teamId: id });
const MoveBody = z.strictObject({ teamId: id, validFrom });
const AddressBody = z
  .strictObject({
    kind,
    value: addressValue.optional(),
    numberRef: z.string().max(20).optional(),
    move: z.boolean().optional(),
  })
  .refine(({ value, numberRef }) => (value === undefined) !== (numberRef === undefined), {
    path: ['value'],
    message: 'give either a value or a numberRef',
  });
const MergeBody = z.strictObject({ into: id });
const ListQuery = z.strictObject({
  search: plainText(80).optional(),
  team: z.string().max(1000).optional(),
  below: z.enum(['true', 'false', '']).optional(),
  status: z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(STATUSES)))
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(1000).optional(),
});

@ApiTags('organisation')
@ApiBearerAuth()
@Access('people:read')
@Controller('api/v1/agents')
export class AgentsController {
  constructor(
    @Inject(AgentsReadModel) private readonly readModel: AgentsReadModel,
    @Inject(AgentsService) private readonly agents: AgentsService,
    @Inject(MergeService) private readonly merges: MergeService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Agents of the scope, by name', description: 'Pass `next` of a page as `cursor`.' })
  @ApiQuery({ name: 'search', required: false, description: 'Part of a name or of an address, not of a number' })
  @ApiQuery({ name: 'team', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'below', required: false, enum: ['true', 'false'], description: 'With the teams below' })
  @ApiQuery({ name: 'status', required: false, description: 'Separated by commas; default new,active,left' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, default 50' })
  @ApiQuery({ name: 'cursor', required: false })
  page(@Query() raw: unknown, @CurrentScope() scope: Scope): Promise<AgentPage> {
    const query = readBody(ListQuery, raw);
    const statuses = query.status ?? [];
    return this.readModel.page(scope, {
      search: query.search,
      teams: readIdList('team', query.team),
      below: query.below === 'true',
      statuses: statuses.length === 0 ? WITHOUT_STATUS : statuses,
      limit: query.limit ?? 50,
      cursor: query.cursor === '' ? undefined : query.cursor,
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One agent with the history of teams' })
  one(@Param('id') agent: string, @CurrentScope() scope: Scope): Promise<AgentDetail> {
    return this.readModel.one(scope, pathId(agent));
  }

  @Post()
  @HttpCode(201)
  @Access('people:write')
  @ApiOperation({ summary: 'Make an agent' })
  create(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<Changed<AgentDetail>> {
    return this.agents.create(actor, readBody(CreateBody, body));
  }

  @Patch(':id')
  @Access('people:write')
  @ApiOperation({ summary: 'Change name, status, display or employment', description: 'No call moves.' })
  change(
    @Param('id') agent: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<AgentDetail>> {
    return this.agents.change(actor, pathId(agent), readBody(PatchBody, body));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Access('people:write')
  @ApiOperation({ summary: 'Who a new agent is and where it belongs, from its first call on' })
  confirm(
    @Param('id') agent: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<AgentDetail>> {
    return this.agents.confirm(actor, pathId(agent), readBody(ConfirmBody, body));
  }

  @Post(':id/memberships')
  @HttpCode(200)
  @Access('people:write')
  @ApiOperation({ summary: 'Move to another team, from then on' })
  move(
    @Param('id') agent: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<AgentDetail>> {
    return this.agents.move(actor, pathId(agent), readBody(MoveBody, body));
  }

  @Delete(':id/memberships/:validFrom')
  @Access('people:write')
  @ApiOperation({ summary: 'Take back a move that is still to come' })
  removeMove(
    @Param('id') agent: string,
    @Param('validFrom') from: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<AgentDetail>> {
    return this.agents.removeMove(actor, pathId(agent), from);
  }

  @Post(':id/addresses')
  @HttpCode(200)
  @Access('people:write')
  @ApiOperation({ summary: 'Give an address to an agent; its calls follow, those of the past too' })
  addAddress(
    @Param('id') agent: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<AgentDetail>> {
    return this.agents.addAddress(actor, pathId(agent), readBody(AddressBody, body) as AddressCreate);
  }

  @Delete(':id/addresses/:addressId')
  @Access('people:write')
  @ApiOperation({ summary: 'Take an address away; its calls leave, those of the past too' })
  removeAddress(
    @Param('id') agent: string,
    @Param('addressId') address: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<AgentDetail>> {
    return this.agents.removeAddress(actor, pathId(agent), pathId(address));
  }

  @Get(':id/merge')
  @Access('people:write')
  @ApiOperation({ summary: 'What merging this agent into another would move' })
  @ApiQuery({ name: 'into', required: true })
  preview(@Param('id') agent: string, @Query() query: unknown): Promise<MergePreview> {
    return this.merges.preview(
      pathId(agent),
      readBody(z.strictObject({ into: z.coerce.number().pipe(id) }), query).into,
    );
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Access('people:write')
  @ApiOperation({ summary: 'Merge this agent into another; cannot be undone' })
  merge(
    @Param('id') agent: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<AgentDetail>> {
    return this.merges.merge(actor, pathId(agent), readBody(MergeBody, body).into);
  }
}
