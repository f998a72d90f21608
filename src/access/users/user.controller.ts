import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AppError } from '../../platform/index.js';
import { ROLES } from '../../shared/access.js';
import type { AccessLink, NewUser, SessionsEnded, UserPage, UserView } from '../../shared/accounts.js';
import type { AuditActor } from '../../shared/audit.js';
import { Access, CurrentPrincipal } from '../access.decorator.js';
import { CurrentActor } from '../actor.js';
import { email, language, personName } from '../fields.js';
import type { Principal } from '../principal.js';
import { idOf, parseInput } from '../request-body.js';
import { type Changer, UserService } from './user.service.js';
import { cursorOf, readCursor, viewOf } from './user-view.js';

const STATES = ['active', 'invited', 'disabled'] as const;
const LIMIT_MAX = 200;
const id = z.int().min(1).max(2_147_483_647);
const teams = z.array(id).max(500);

const ListQuery = z.strictObject({
  search: z.string().trim().max(100).optional(),
  role: z.enum(ROLES).optional(),
  state: z.enum(STATES).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(100),
  cursor: z.string().max(2_000).optional(),
});

const NewUserBody = z.strictObject({
  email,
  name: personName,
  role: z.enum(ROLES),
  teams: teams.optional(),
  agentId: id.nullable().optional(),
  seesNumbers: z.boolean().optional(),
  language: language.optional(),
});

const ChangeBody = z.strictObject({
  name: personName.optional(),
  role: z.enum(ROLES).optional(),
  teams: teams.optional(),
  agentId: id.nullable().optional(),
  seesNumbers: z.boolean().optional(),
  disabled: z.boolean().optional(),
});

const RIGHTS: Record<string, { type: string; enum?: string[]; items?: { type: string }; nullable?: boolean }> = {
  name: { type: 'string' },
  role: { type: 'string', enum: [...ROLES] },
  teams: { type: 'array', items: { type: 'integer' } },
  agentId: { type: 'integer', nullable: true },
  seesNumbers: { type: 'boolean' },
};

@ApiTags('users')
@ApiBearerAuth()
@Access('users:write')
@Controller('api/v1/users')
export class UserController {
  constructor(@Inject(UserService) private readonly users: UserService) {}

  @Get()
  @Access('users:read')
  @ApiOperation({ summary: 'People who may sign in, by name' })
  @ApiQuery({ name: 'search', required: false, description: 'Part of the name or e-mail' })
  @ApiQuery({ name: 'role', required: false, enum: ROLES })
  @ApiQuery({ name: 'state', required: false, enum: STATES })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: LIMIT_MAX } })
  @ApiQuery({ name: 'cursor', required: false })
  async list(@Query() query: unknown): Promise<UserPage> {
    const { cursor, limit, ...filter } = parseInput(ListQuery, query);
    const after = cursor === undefined ? undefined : readCursor(cursor);
    if (after === null) throw new AppError('cursor_invalid', { field: 'cursor' });
    const rows = await this.users.list({ ...filter, limit: limit + 1, after });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { users: page.map(viewOf), next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
  }

  @Get(':id')
  @Access('users:read')
  @ApiOperation({ summary: 'One of them' })
  async one(@Param('id') id: string): Promise<UserView> {
    return viewOf(await this.users.get(idOf(id)));
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Invite somebody',
    description: 'The answer holds the token of the invitation, shown this once: hand <address>/welcome#<token> over.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['email', 'name', 'role'],
      properties: { email: { type: 'string' }, ...RIGHTS, language: { type: 'string', enum: ['en', 'zh'] } },
    },
  })
  async invite(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<NewUser> {
    const made = await this.users.invite(parseInput(NewUserBody, body), changer(principal, actor));
    return { user: viewOf(await this.users.get(made.id)), link: made.link };
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change name, rights, or whether somebody may sign in',
    description: 'A change of rights ends the sessions of the person at once. Nobody changes their own rights.',
  })
  @ApiBody({ schema: { type: 'object', properties: { ...RIGHTS, disabled: { type: 'boolean' } } } })
  async change(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<UserView> {
    const userId = idOf(id);
    await this.users.update(userId, parseInput(ChangeBody, body), changer(principal, actor));
    return viewOf(await this.users.get(userId));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove somebody, with their sessions' })
  async remove(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    await this.users.remove(idOf(id), changer(principal, actor));
  }

  @Post(':id/link')
  @HttpCode(201)
  @ApiOperation({
    summary: 'A link with which somebody sets their password',
    description: 'An invitation (7 days) for somebody without a password, else a reset (1 hour). Earlier ones end.',
  })
  makeLink(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<AccessLink> {
    return this.users.makeLink(idOf(id), changer(principal, actor));
  }

  @Delete(':id/sessions')
  @ApiOperation({ summary: 'Sign somebody out everywhere' })
  async endSessions(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<SessionsEnded> {
    return { ended: await this.users.endSessions(idOf(id), changer(principal, actor)) };
  }

  @Delete(':id/totp')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the second factor of somebody who lost it' })
  async removeSecondFactor(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    await this.users.removeSecondFactor(idOf(id), changer(principal, actor));
  }
}

function changer(principal: Principal | null, actor: AuditActor): Changer {
  if (principal === null) throw new AppError('unauthenticated');
  return { principal, actor };
}
