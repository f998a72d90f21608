import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor } from '../../access/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { Changed, SiteView } from '../../shared/organisation.js';
import { name, pathId, readBody, validFrom } from '../input.js';
import { SitesService } from './sites.service.js';

const timeZone = z.string().max(64);
const dayStartMinutes = z.int().min(0).max(1425).multipleOf(15);
const SiteBody = z.strictObject({ name, timeZone, dayStartMinutes: dayStartMinutes.optional() });
const SitePatchBody = z.strictObject({ name: name.optional() });
const VersionBody = z.strictObject({
  validFrom,
  timeZone: timeZone.optional(),
  dayStartMinutes: dayStartMinutes.optional(),
});

/** Sites hold nothing of anybody: whoever sees people sees where they work. */
@ApiTags('organisation')
@ApiBearerAuth()
@Access('people:read')
@Controller('api/v1/sites')
export class SitesController {
  constructor(@Inject(SitesService) private readonly sites: SitesService) {}

  @Get()
  @ApiOperation({ summary: 'Sites with the history of their zone and day start' })
  list(): Promise<SiteView[]> {
    return this.sites.list();
  }

  @Get(':id')
  @ApiOperation({ summary: 'One site' })
  one(@Param('id') site: string): Promise<SiteView> {
    return this.sites.one(pathId(site));
  }

  @Post()
  @HttpCode(201)
  @Access('people:write')
  @ApiOperation({ summary: 'Make a site' })
  create(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<Changed<SiteView>> {
    return this.sites.create(actor, readBody(SiteBody, body));
  }

  @Patch(':id')
  @Access('people:write')
  @ApiOperation({ summary: 'Rename a site' })
  rename(
    @Param('id') site: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<SiteView>> {
    return this.sites.rename(actor, pathId(site), readBody(SitePatchBody, body).name);
  }

  @Post(':id/versions')
  @Access('people:write')
  @HttpCode(200)
  @ApiOperation({ summary: 'Another zone or day start, from then on' })
  addVersion(
    @Param('id') site: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<SiteView>> {
    return this.sites.addVersion(actor, pathId(site), readBody(VersionBody, body));
  }

  @Delete(':id/versions/:validFrom')
  @Access('people:write')
  @ApiOperation({ summary: 'Take back a version that is still to come' })
  removeVersion(
    @Param('id') site: string,
    @Param('validFrom') from: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<SiteView>> {
    return this.sites.removeVersion(actor, pathId(site), from);
  }
}
