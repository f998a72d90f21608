import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor } from '../access/index.js';
import type { AuditActor } from '../shared/audit.js';
import {
  CALLBACK_WINDOW_MAX_MINUTES,
  type Changed,
  type OrganisationView,
  OUTCOME_WINDOW_MAX_MINUTES,
  type RecountStatus,
} from '../shared/organisation.js';
import { CallingHoursBody } from './calling-hours.js';
import { id, name, readBody } from './input.js';
import { OrganisationService } from './organisation.service.js';

const PatchBody = z.strictObject({
  name: name.optional(),
  newAgentsTeamId: id.optional(),
  trendColours: z.enum(['red_up', 'green_up']).optional(),
  outcomeWindowMinutes: z.int().min(1).max(OUTCOME_WINDOW_MAX_MINUTES).optional(),
  callbackWindowMinutes: z.int().min(1).max(CALLBACK_WINDOW_MAX_MINUTES).optional(),
  callingHours: CallingHoursBody.optional(),
});

@ApiTags('organisation')
@ApiBearerAuth()
@Access('people:read')
@Controller('api/v1/organisation')
export class OrganisationController {
  constructor(@Inject(OrganisationService) private readonly organisation: OrganisationService) {}

  @Get()
  @ApiOperation({ summary: 'The organisation' })
  read(): Promise<OrganisationView> {
    return this.organisation.read();
  }

  @Patch()
  @Access('settings:write')
  @ApiOperation({ summary: 'Change the organisation' })
  change(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<Changed<OrganisationView>> {
    return this.organisation.change(actor, readBody(PatchBody, body));
  }

  @Get('recount')
  @ApiOperation({ summary: 'Whether calls are still being moved after a change for the past' })
  recount(): Promise<RecountStatus> {
    return this.organisation.recount();
  }
}
