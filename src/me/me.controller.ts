import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentPrincipal, type Principal, parseInput } from '../access/index.js';
import type { BestHours, MyCallbacks, MyCalls } from '../shared/me.js';
import { BestHoursReadModel } from './best-hours.read-model.js';
import { MyCallsReadModel } from './my-calls.read-model.js';

/** Other years are mistakes, and year 0 is none of PostgreSQL's. */
const YEARS = { first: '1970', last: '2100' };
const businessDate = z.iso
  .date('send a date as YYYY-MM-DD')
  .refine((date) => date.slice(0, 4) >= YEARS.first && date.slice(0, 4) <= YEARS.last, 'send a year from 1970 to 2100');
const CallsQuery = z.strictObject({ date: businessDate.optional() });

/** One's own day, for people who are an agent on the phone; others are answered `not_an_agent`. */
@ApiTags('me')
@Controller('api/v1/me')
@Access('signed-in')
export class MeController {
  constructor(
    @Inject(MyCallsReadModel) private readonly myCalls: MyCallsReadModel,
    @Inject(BestHoursReadModel) private readonly myHours: BestHoursReadModel,
  ) {}

  @Get('calls')
  @ApiOperation({ summary: 'One’s own calls of a business day, running ones first, with their outcomes' })
  @ApiQuery({ name: 'date', required: false, description: 'YYYY-MM-DD; default today' })
  calls(@CurrentPrincipal() principal: Principal | null, @Query() query: unknown): Promise<MyCalls> {
    const { date } = parseInput(CallsQuery, query);
    return this.myCalls.ofDay(agentOf(principal), date ?? null);
  }

  @Get('callbacks')
  @ApiOperation({ summary: 'Callbacks one promised: missed ones of the last week, due ones and those to come' })
  callbacks(@CurrentPrincipal() principal: Principal | null): Promise<MyCallbacks> {
    return this.myCalls.callbacks(agentOf(principal));
  }

  @Get('best-hours')
  @ApiOperation({ summary: 'One’s own connect and conversion rates by hour of the day over four weeks' })
  bestHours(@CurrentPrincipal() principal: Principal | null): Promise<BestHours> {
    return this.myHours.of(agentOf(principal));
  }
}

function agentOf(principal: Principal | null): number | null {
  return principal?.kind === 'user' ? principal.agentId : null;
}
