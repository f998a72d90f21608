import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { CalendarDay, Changed, HolidayView, LeaveView, ShiftPatternView } from '../../shared/organisation.js';
import { date, name, pathDate, pathId, readBody } from '../input.js';
import { CalendarService } from './calendar.service.js';

const weekday = z.int().min(1).max(7);
const ShiftsBody = z.strictObject({
  shifts: z
    .array(
      z.strictObject({
        weekday,
        startMinutes: z.int().min(0).max(1439),
        endMinutes: z.int().min(1).max(2880),
        breakMinutes: z.int().min(0).max(720),
      }),
    )
    .max(28),
});
const HolidayBody = z
  .strictObject({ kind: z.enum(['holiday', 'workday']), name, asWeekday: weekday.nullable().optional() })
  .refine(({ kind, asWeekday }) => (kind === 'workday') === (asWeekday != null), {
    path: ['asWeekday'],
    message: 'a make-up day says whose shifts are worked, a holiday does not',
  });
const LeaveBody = z.strictObject({ kind: z.enum(['leave', 'sick', 'training', 'other']), from: date, until: date });
const HolidaysQuery = z.strictObject({ from: date.optional(), to: date.optional() });
const DaysQuery = z.strictObject({ from: date, to: date });

@ApiTags('organisation')
@ApiBearerAuth()
@Access('people:read')
@Controller('api/v1')
export class CalendarController {
  constructor(@Inject(CalendarService) private readonly calendar: CalendarService) {}

  @Get('sites/:id/holidays')
  @ApiOperation({ summary: 'Holidays and make-up days of a site' })
  @ApiQuery({ name: 'from', required: false, description: 'YYYY-MM-DD' })
  @ApiQuery({ name: 'to', required: false, description: 'Exclusive' })
  holidays(@Param('id') site: string, @Query() raw: unknown): Promise<HolidayView[]> {
    const { from, to } = readBody(HolidaysQuery, raw);
    return this.calendar.holidays(pathId(site), from, to);
  }

  @Put('sites/:id/holidays/:date')
  @Access('people:write')
  @ApiOperation({ summary: 'Make a day a holiday or a make-up day' })
  putHoliday(
    @Param('id') site: string,
    @Param('date') day: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<HolidayView>> {
    return this.calendar.putHoliday(actor, pathId(site), pathDate(day), readBody(HolidayBody, body));
  }

  @Delete('sites/:id/holidays/:date')
  @Access('people:write')
  @ApiOperation({ summary: 'Make a day an ordinary one again' })
  removeHoliday(
    @Param('id') site: string,
    @Param('date') day: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<null>> {
    return this.calendar.removeHoliday(actor, pathId(site), pathDate(day));
  }

  @Get('teams/:id/shifts')
  @ApiOperation({ summary: 'Shifts of a team' })
  teamShifts(@Param('id') team: string, @CurrentScope() scope: Scope): Promise<ShiftPatternView[]> {
    return this.calendar.shifts(scope, 'team', pathId(team));
  }

  @Put('teams/:id/shifts/:validFrom')
  @Access('people:write')
  @ApiOperation({ summary: 'A week of shifts of a team, from a date on' })
  putTeamShifts(
    @Param('id') team: string,
    @Param('validFrom') day: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<ShiftPatternView[]>> {
    return this.calendar.putShifts(actor, 'team', pathId(team), pathDate(day), readBody(ShiftsBody, body).shifts);
  }

  @Delete('teams/:id/shifts/:validFrom')
  @Access('people:write')
  @ApiOperation({ summary: 'Remove a pattern of a team' })
  removeTeamShifts(
    @Param('id') team: string,
    @Param('validFrom') day: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<ShiftPatternView[]>> {
    return this.calendar.removeShifts(actor, 'team', pathId(team), pathDate(day));
  }

  @Get('agents/:id/shifts')
  @ApiOperation({ summary: 'Shifts of an agent that differ from the team’s' })
  agentShifts(@Param('id') agent: string, @CurrentScope() scope: Scope): Promise<ShiftPatternView[]> {
    return this.calendar.shifts(scope, 'agent', pathId(agent));
  }

  @Put('agents/:id/shifts/:validFrom')
  @Access('people:write')
  @ApiOperation({ summary: 'A week of shifts of an agent, from a date on' })
  putAgentShifts(
    @Param('id') agent: string,
    @Param('validFrom') day: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<ShiftPatternView[]>> {
    return this.calendar.putShifts(actor, 'agent', pathId(agent), pathDate(day), readBody(ShiftsBody, body).shifts);
  }

  @Delete('agents/:id/shifts/:validFrom')
  @Access('people:write')
  @ApiOperation({ summary: 'Remove a pattern of an agent' })
  removeAgentShifts(
    @Param('id') agent: string,
    @Param('validFrom') day: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<ShiftPatternView[]>> {
    return this.calendar.removeShifts(actor, 'agent', pathId(agent), pathDate(day));
  }

  @Get('agents/:id/leave')
  @ApiOperation({ summary: 'Leave of an agent' })
  leave(@Param('id') agent: string, @CurrentScope() scope: Scope): Promise<LeaveView[]> {
    return this.calendar.leave(scope, pathId(agent));
  }

  @Post('agents/:id/leave')
  @HttpCode(201)
  @Access('people:write')
  @ApiOperation({ summary: 'An agent is away' })
  addLeave(
    @Param('id') agent: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<LeaveView>> {
    return this.calendar.addLeave(actor, pathId(agent), readBody(LeaveBody, body));
  }

  @Delete('agents/:id/leave/:leaveId')
  @Access('people:write')
  @ApiOperation({ summary: 'An agent is not away after all' })
  removeLeave(
    @Param('id') agent: string,
    @Param('leaveId') leave: string,
    @CurrentActor() actor: AuditActor,
  ): Promise<Changed<null>> {
    return this.calendar.removeLeave(actor, pathId(agent), pathId(leave));
  }

  @Get('agents/:id/calendar')
  @ApiOperation({ summary: 'What is expected of an agent, by day' })
  @ApiQuery({ name: 'from', required: true, description: 'YYYY-MM-DD' })
  @ApiQuery({ name: 'to', required: true, description: 'Exclusive, at most 92 days' })
  days(@Param('id') agent: string, @Query() raw: unknown, @CurrentScope() scope: Scope): Promise<CalendarDay[]> {
    const { from, to } = readBody(DaysQuery, raw);
    return this.calendar.days(scope, pathId(agent), from, to);
  }
}
