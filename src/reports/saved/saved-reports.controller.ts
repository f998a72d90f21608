import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentPrincipal, idOf, type Principal } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { SavedReportList, SavedReportView } from '../../shared/saved-reports.js';
import {
  readCopy,
  readCreate,
  readPatch,
  SavedReportCopySchema,
  SavedReportCreateSchema,
  SavedReportPatchSchema,
} from './read-saved.js';
import { SavedReportsService } from './saved-reports.service.js';

/** The rules of the body, for the description of the API. */
const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) as Record<string, unknown>;

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports/saved')
export class SavedReportsController {
  constructor(@Inject(SavedReportsService) private readonly saved: SavedReportsService) {}

  @Get()
  @Access('kpis:read')
  @ApiOperation({ summary: 'Saved reports: own ones and those shared with whoever asks' })
  list(@CurrentPrincipal() principal: Principal | null): Promise<SavedReportList> {
    return this.saved.list(known(principal));
  }

  @Get(':id')
  @Access('kpis:read')
  @ApiOperation({ summary: 'A saved report: its question, not its figures' })
  get(@Param('id') id: string, @CurrentPrincipal() principal: Principal | null): Promise<SavedReportView> {
    return this.saved.get(idOf(id), known(principal));
  }

  @Post()
  @HttpCode(201)
  @Access('signed-in')
  @ApiOperation({ summary: 'Keep a report under a name' })
  @ApiBody({ schema: schemaOf(SavedReportCreateSchema) })
  create(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<SavedReportView> {
    return this.saved.create(readCreate(body), person(principal), actor);
  }

  @Patch(':id')
  @Access('signed-in')
  @ApiOperation({ summary: 'Rename, share or change a saved report of one’s own' })
  @ApiBody({ schema: schemaOf(SavedReportPatchSchema) })
  change(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<SavedReportView> {
    return this.saved.change(idOf(id), readPatch(body), person(principal), actor);
  }

  @Post(':id/copy')
  @HttpCode(201)
  @Access('signed-in')
  @ApiOperation({ summary: 'Make a private copy of a saved report' })
  @ApiBody({ schema: schemaOf(SavedReportCopySchema) })
  copy(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<SavedReportView> {
    return this.saved.copy(idOf(id), readCopy(body).name, person(principal), actor);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('signed-in')
  @ApiOperation({ summary: 'Delete a saved report of one’s own' })
  remove(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    return this.saved.remove(idOf(id), person(principal), actor);
  }
}

/** The guard lets nobody in whom it does not know. */
function known(principal: Principal | null): Principal {
  if (principal === null) throw new AppError('unauthenticated');
  return principal;
}

function person(principal: Principal | null): Extract<Principal, { kind: 'user' }> {
  const found = known(principal);
  if (found.kind !== 'user') throw new AppError('forbidden');
  return found;
}
