import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor } from '../../access/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { CampaignView, Changed } from '../../shared/organisation.js';
import { pathId, plainText, readBody, validFrom } from '../input.js';
import { CampaignsService } from './campaigns.service.js';

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three capitals such as CNY');
const title = plainText(80);
const effectiveSeconds = z.int().min(0).max(7_200);
const CreateBody = z.strictObject({
  key: z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/, 'must have 1 to 80 letters, digits, -, _ or .'),
  title: title.optional(),
  currency: currency.optional(),
  effectiveSeconds: effectiveSeconds.optional(),
  assumeHuman: z.boolean().optional(),
});
const PatchBody = z.strictObject({
  title: title.optional(),
  status: z.enum(['active', 'ended']).optional(),
  currency: currency.optional(),
});
const VersionBody = z.strictObject({
  validFrom,
  effectiveSeconds: effectiveSeconds.optional(),
  assumeHuman: z.boolean().optional(),
});
const NumberBody = z.strictObject({ number: z.string().min(1).max(40), move: z.boolean().optional() });

@ApiTags('organisation')
@ApiBearerAuth()
@Access('settings:read')
@Controller('api/v1/campaigns')
export class CampaignsController {
  constructor(@Inject(CampaignsService) private readonly campaigns: CampaignsService) {}

  @Get()
  @ApiOperation({ summary: 'Campaigns with the history of their rules' })
  list(): Promise<CampaignView[]> {
    return this.campaigns.list();
  }

  @Get(':id')
  @ApiOperation({ summary: 'One campaign' })
  one(@Param('id') campaign: string): Promise<CampaignView> {
    return this.campaigns.one(pathId(campaign));
  }

  @Post()
  @HttpCode(201)
  @Access('settings:write')
  @ApiOperation({ summary: 'Make a campaign' })
  create(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<Changed<CampaignView>> {
    return this.campaigns.create(actor, readBody(CreateBody, body));
  }

  @Patch(':id')
  @Access('settings:write')
  @ApiOperation({ summary: 'Change title, status or currency', description: 'No call moves.' })
  change(
    @Param('id') campaign: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<CampaignView>> {
    return this.campaigns.change(actor, pathId(campaign), readBody(PatchBody, body));
  }

  @Post(':id/versions')
  @HttpCode(200)
  @Access('settings:write')
  @ApiOperation({ summary: 'Another threshold or assumption, from then on' })
  addVersion(
    @Param('id') campaign: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<CampaignView>> {
    return this.campaigns.addVersion(actor, pathId(campaign), readBody(VersionBody, body));
  }

  @Delete(':id/versions/:validFrom')
  @Access('settings:write')
  @ApiOperation({ summary: 'Take back a version that is still to come' })
  removeVersion(
    @Param('id') campaign: string,
    @Param('validFrom') from: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<CampaignView>> {
    return this.campaigns.removeVersion(actor, pathId(campaign), from);
  }

  @Post(':id/numbers')
  @HttpCode(200)
  @Access('settings:write')
  @ApiOperation({ summary: 'Calls from or to this number belong to the campaign, those of the past too' })
  addNumber(
    @Param('id') campaign: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<CampaignView>> {
    return this.campaigns.addNumber(actor, pathId(campaign), readBody(NumberBody, body));
  }

  @Delete(':id/numbers/:numberId')
  @Access('settings:write')
  @ApiOperation({ summary: 'Take a number away from the campaign' })
  removeNumber(
    @Param('id') campaign: string,
    @Param('numberId') number: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<CampaignView>> {
    return this.campaigns.removeNumber(actor, pathId(campaign), number);
  }
}
