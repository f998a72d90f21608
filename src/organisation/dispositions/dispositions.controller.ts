import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor } from '../../access/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { Changed } from '../../shared/organisation.js';
import { DISPOSITION_FLAGS, type DispositionView, OUTCOME_FIELDS, type OutcomeChoices } from '../../shared/outcomes.js';
import { id, name, pathId, readBody } from '../input.js';
import { DispositionsService } from './dispositions.service.js';

const localised = z.strictObject({ en: name, zh: name });
const flags = z.array(z.enum(DISPOSITION_FLAGS)).max(DISPOSITION_FLAGS.length);
const required = z.array(z.enum(OUTCOME_FIELDS)).max(OUTCOME_FIELDS.length);
const position = z.int().min(0).max(1_000_000);
const CreateBody = z.strictObject({
  key: z.string().regex(/^[a-z0-9_-]{1,64}$/, 'must have 1 to 64 of a–z, 0–9, "_" and "-"'),
  campaignId: id.nullable().default(null),
  name: localised,
  flags: flags.default([]),
  required: required.default([]),
  position: position.optional(),
});
const PatchBody = z.strictObject({
  name: localised.optional(),
  flags: flags.optional(),
  required: required.optional(),
  position: position.optional(),
  archived: z.boolean().optional(),
});
const ListQuery = z.strictObject({
  campaign: z
    .string()
    .regex(/^\d{1,9}$/, 'must be the id of a campaign')
    .optional(),
});

@ApiTags('outcomes')
@ApiBearerAuth()
@Access('outcomes:read')
@Controller('api/v1/dispositions')
export class DispositionsController {
  constructor(@Inject(DispositionsService) private readonly dispositions: DispositionsService) {}

  @Get()
  @ApiOperation({ summary: 'What can be said about a call, in the order of the buttons; archived ones last' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Only those one can choose in this campaign' })
  list(@Query() raw: unknown): Promise<DispositionView[]> {
    const { campaign } = readBody(ListQuery, raw);
    return this.dispositions.list(campaign === undefined ? undefined : Number(campaign));
  }

  @Get('choices')
  @ApiOperation({ summary: 'What a form for an outcome needs: the dispositions of a campaign and its currency' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Id; left out: the default campaign' })
  choices(@Query() raw: unknown): Promise<OutcomeChoices> {
    const { campaign } = readBody(ListQuery, raw);
    return this.dispositions.choices(campaign === undefined ? undefined : Number(campaign));
  }

  @Post()
  @HttpCode(201)
  @Access('settings:write')
  @ApiOperation({ summary: 'Make a disposition' })
  create(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<Changed<DispositionView>> {
    return this.dispositions.create(actor, readBody(CreateBody, body));
  }

  @Patch(':id')
  @Access('settings:write')
  @ApiOperation({ summary: 'Change name, order, required fields; flags while no outcome has it; archive it' })
  change(
    @Param('id') disposition: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<DispositionView>> {
    return this.dispositions.change(actor, pathId(disposition), readBody(PatchBody, body));
  }
}
