import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError, CONFIG, type Config, isoOf } from '../platform/index.js';
import type { SessionView } from '../shared/api.js';
import { Access, CurrentPrincipal } from './access.decorator.js';
import { factsOf } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { expiredCookies, serialiseCookie } from './cookie.js';
import type { Principal, UserPrincipal } from './principal.js';
import { clientAddress, wantsSecureCookie } from './request-facts.js';
import { ABSOLUTE_MS, SessionService } from './session.service.js';
import { LoginThrottled, SignInService } from './sign-in.service.js';

const SignInBody = z.strictObject({
  email: z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u),
  password: z.string().min(1).max(1024),
});

@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(SignInService) private readonly signIns: SignInService,
    @Inject(SessionService) private readonly sessions: SessionService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Access('signed-in')
  @ApiOperation({ summary: 'Who is signed in' })
  current(@CurrentPrincipal() principal: Principal | null): SessionView {
    if (principal?.kind !== 'user') throw new AppError('not_found');
    return viewOf(principal);
  }

  @Post()
  @HttpCode(200)
  @Access('public')
  @ApiOperation({ summary: 'Sign in', description: 'Send the header X-Tallyboard: 1. Sets the session cookie.' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['email', 'password'],
      properties: { email: { type: 'string' }, password: { type: 'string' } },
    },
  })
  async signIn(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const { email, password } = parseBody(body);
    const facts = factsOf(request);
    const address = clientAddress(facts, this.authenticator.isProxy);
    try {
      const { sessionId, principal } = await this.signIns.signIn({
        email,
        password,
        address,
        userAgent: facts.headers['user-agent'] ?? null,
        previousId: this.authenticator.sessionId(facts),
      });
      const secure = wantsSecureCookie(facts, this.config, this.authenticator.isProxy);
      reply.header('set-cookie', serialiseCookie(sessionId, { secure, maxAgeSeconds: ABSOLUTE_MS / 1000 }));
      return viewOf(principal);
    } catch (error) {
      if (error instanceof LoginThrottled) reply.header('retry-after', String(error.seconds));
      throw error;
    }
  }

  @Delete()
  @HttpCode(204)
  @Access('signed-in')
  @ApiOperation({ summary: 'Sign out' })
  async signOut(
    @CurrentPrincipal() principal: Principal | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const address = clientAddress(factsOf(request), this.authenticator.isProxy);
    if (principal?.kind === 'user') await this.sessions.signOut(principal, address);
    reply.header('set-cookie', expiredCookies());
  }
}

function parseBody(body: unknown): z.infer<typeof SignInBody> {
  const parsed = SignInBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0];
  throw new AppError('request_invalid', {
    params: { reason: 'send {"email", "password"} as JSON' },
    ...(typeof field === 'string' ? { field } : {}),
  });
}

function viewOf({ userId, email, name, role, agentId, permissions, session }: UserPrincipal): SessionView {
  return {
    user: { id: userId, email, name, role, agentId, permissions: [...permissions] },
    expiresAt: isoOf(session.expiresAt),
  };
}
