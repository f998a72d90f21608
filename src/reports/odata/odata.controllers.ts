/** Routes of the feed: its description, and of each set a list, a count and one entity. Every set says what it needs. */
import { Controller, Get, Inject, Req, Res, type Type, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptsBasic, Access } from '../../access/index.js';
import type { Permission } from '../../shared/access.js';
import { OdataService, ROOT } from './odata.service.js';
import { OdataExceptionFilter } from './odata-exception.filter.js';
import { OdataError } from './syntax/odata-error.js';

@ApiExcludeController()
@AcceptsBasic()
@UseFilters(OdataExceptionFilter)
@Controller(ROOT)
export class OdataController {
  constructor(@Inject(OdataService) private readonly odata: OdataService) {}

  @Get()
  @Access('feed')
  serviceDocument(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.odata.serviceDocument(request, reply);
  }

  @Get('$metadata')
  @Access('feed')
  metadata(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.odata.metadata(request, reply);
  }

  /** The root with a slash behind it, as clients write it; whatever else is asked for is not there, in the shape of errors. */
  @Get('*')
  @Access('feed')
  other(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    if (request.url.split('?', 1)[0] === `/${ROOT}/`) return this.odata.serviceDocument(request, reply);
    throw new OdataError('odata_resource_unknown', null);
  }
}

/** By name, with the permission that opens it: the same as its definition says, which a test holds. */
export const SET_ROUTES = {
  KpiByDay: 'kpis:read',
  KpiByInterval: 'kpis:read',
  KpiByAgentDay: 'kpis:read',
  KpiByAgentInterval: 'kpis:read',
  Agents: 'kpis:read',
  Teams: 'kpis:read',
  Campaigns: 'kpis:read',
  Calls: 'calls:read',
  Outcomes: 'outcomes:read',
  Targets: 'kpis:read',
} as const satisfies Record<string, Permission>;

export function setControllers(): Type<unknown>[] {
  return Object.entries(SET_ROUTES).map(([name, permission]) => controllerOf(name, permission));
}

function controllerOf(name: string, permission: Permission): Type<unknown> {
  @ApiExcludeController()
  @AcceptsBasic()
  @UseFilters(OdataExceptionFilter)
  @Access(permission)
  @Controller(ROOT)
  class SetController {
    constructor(@Inject(OdataService) private readonly odata: OdataService) {}

    @Get(name)
    list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
      return this.odata.list(name, request, reply);
    }

    @Get(`${name}/$count`)
    count(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
      return this.odata.count(name, request, reply);
    }

    @Get(`${name}(:key)`)
    one(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
      return this.odata.one(name, request, reply);
    }
  }
  Object.defineProperty(SetController, 'name', { value: `${name}Controller` });
  return SetController;
}
