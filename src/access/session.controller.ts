import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError, CLOCK, type Clock, DATABASE, type Database, isoOf } from '../platform/index.js';
import type { SessionView } from '../shared/api.js';
import { Access, CurrentPrincipal } from './access.decorator.js';
import { actorOf } from './actor.js';
import { email, typedCode, typedPassword } from './fields.js';
import { type Principal, principalOf, type UserPrincipal } from './principal.js';
import { parseInput } from './request-body.js';
import { SessionService } from './session.service.js';
import { SessionCookie } from './session-cookie.js';
import { LoginThrottled, SignInService } from './sign-in.service.js';
import { wallClockZone } from './wall-clock-zone.js';

const SignInBody = z.strictObject({ email, password: typedPassword, totp: typedCode.optional() });

@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    @Inject(SignInService) private readonly signIns: SignInService,
    @Inject(SessionService) private readonly sessions: SessionService,
    @Inject(SessionCookie) private readonly cookie: SessionCookie,
    @Inject(DATABASE) private readonly database: Pick<Database, 'pool'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Access('signed-in')
  @ApiOperation({ summary: 'Who is signed in' })
  async current(@CurrentPrincipal() principal: Principal | null): Promise<SessionView> {
    if (principal?.kind !== 'user') throw new AppError('not_found');
    return this.viewOf(principal);
  }

  @Post()
  @HttpCode(200)
  @Access('public')
  @ApiOperation({
    summary: 'Sign in',
    description:
      'Send the header X-Tallyboard: 1. Sets the session cookie. Answers `totp_required` when a second factor is on: send it again with `totp`, a code of the app or a recovery code.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['email', 'password'],
      properties: { email: { type: 'string' }, password: { type: 'string' }, totp: { type: 'string' } },
    },
  })
  async signIn(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const attempt = parseInput(SignInBody, body);
    try {
      const signedIn = await this.signIns.signIn({ ...attempt, ...this.cookie.browserOf(request) });
      this.cookie.setFor(request, reply, signedIn);
      return await this.viewOf(signedIn.principal);
    } catch (error) {
      if (error instanceof LoginThrottled) reply.header('retry-after', String(error.seconds));
      throw error;
    }
  }

  @Delete()
  @HttpCode(204)
  @Access('signed-in')
  @ApiOperation({ summary: 'Sign out' })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const principal = principalOf(request);
    if (principal?.kind === 'user') await this.sessions.signOut(principal, actorOf(request).address ?? '');
    this.cookie.clear(reply);
  }

  private async viewOf(principal: UserPrincipal): Promise<SessionView> {
    const { userId, email, name, role, agentId, permissions, session } = principal;
    return {
      user: { id: userId, email, name, role, agentId, permissions: [...permissions] },
      expiresAt: isoOf(session.expiresAt),
      timeZone: await wallClockZone(this.database.pool, this.clock.now()),
    };
  }
}
