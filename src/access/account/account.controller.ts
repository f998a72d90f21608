import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../platform/index.js';
import type { AccountView, RecoveryCodes, SessionsEnded, TotpSetup } from '../../shared/accounts.js';
import { Access } from '../access.decorator.js';
import { actorOf } from '../actor.js';
import { language, personName, typedCode, typedPassword } from '../fields.js';
import { principalOf } from '../principal.js';
import { parseInput } from '../request-body.js';
import { SessionCookie } from '../session-cookie.js';
import { AccountService, type Self } from './account.service.js';

const ChangeBody = z.strictObject({ name: personName.optional(), language: language.optional() });
const PasswordBody = z.strictObject({ current: typedPassword, password: typedPassword });
const ProofBody = z.strictObject({ password: typedPassword });
const CodeBody = z.strictObject({ code: typedCode });

const PROOF = { schema: { type: 'object', required: ['password'], properties: { password: { type: 'string' } } } };

/** One's own account. What changes how one signs in asks for the password again, and renews the session's id. */
@ApiTags('account')
@Access('signed-in')
@Controller('api/v1/account')
export class AccountController {
  constructor(
    @Inject(AccountService) private readonly accounts: AccountService,
    @Inject(SessionCookie) private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who one is here, and from where one is signed in' })
  view(@Req() request: FastifyRequest): Promise<AccountView> {
    return this.accounts.view(selfOf(request).principal);
  }

  @Patch()
  @ApiOperation({ summary: 'Change name or language' })
  @ApiBody({
    schema: {
      type: 'object',
      properties: { name: { type: 'string' }, language: { type: 'string', enum: ['en', 'zh'] } },
    },
  })
  async change(@Body() body: unknown, @Req() request: FastifyRequest): Promise<AccountView> {
    const self = selfOf(request);
    const { name, language } = parseInput(ChangeBody, body);
    await this.accounts.change(self, {
      ...(name === undefined ? {} : { name }),
      ...(language === undefined ? {} : { language }),
    });
    return this.accounts.view(self.principal);
  }

  @Post('password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change the password', description: 'All other sessions end.' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['current', 'password'],
      properties: { current: { type: 'string' }, password: { type: 'string' } },
    },
  })
  async changePassword(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const self = selfOf(request);
    this.renew(request, reply, self, await this.accounts.changePassword(self, parseInput(PasswordBody, body)));
  }

  @Post('totp')
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin to set up an authenticator app', description: 'In force after the first code.' })
  @ApiBody(PROOF)
  beginTotp(@Body() body: unknown, @Req() request: FastifyRequest): Promise<TotpSetup> {
    return this.accounts.beginTotp(selfOf(request), parseInput(ProofBody, body).password);
  }

  @Post('totp/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put it in force with its first code', description: 'Answers the recovery codes, once.' })
  @ApiBody({ schema: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } } })
  async confirmTotp(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodes> {
    const self = selfOf(request);
    const { codes, sessionId } = await this.accounts.confirmTotp(self, parseInput(CodeBody, body).code);
    this.renew(request, reply, self, sessionId);
    return { codes };
  }

  @Post('totp/remove')
  @HttpCode(204)
  @ApiOperation({ summary: 'Turn the second factor off' })
  @ApiBody(PROOF)
  async removeTotp(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const self = selfOf(request);
    const sessionId = await this.accounts.removeTotp(self, parseInput(ProofBody, body).password);
    this.renew(request, reply, self, sessionId);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ten new recovery codes', description: 'The earlier ones end.' })
  @ApiBody(PROOF)
  async renewRecoveryCodes(@Body() body: unknown, @Req() request: FastifyRequest): Promise<RecoveryCodes> {
    const { password } = parseInput(ProofBody, body);
    return { codes: await this.accounts.renewRecoveryCodes(selfOf(request), password) };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of one’s own sessions' })
  async endSession(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    if (!/^\d{1,18}$/.test(id)) throw new AppError('not_found');
    await this.accounts.endSession(selfOf(request), id);
  }

  @Delete('sessions')
  @ApiOperation({ summary: 'End all of them but this one' })
  async endOtherSessions(@Req() request: FastifyRequest): Promise<SessionsEnded> {
    return { ended: await this.accounts.endOtherSessions(selfOf(request)) };
  }

  private renew(request: FastifyRequest, reply: FastifyReply, { principal }: Self, sessionId: string): void {
    this.cookie.set(request, reply, sessionId, principal.session.expiresAt);
  }
}

/** The guard lets only people in here. */
function selfOf(request: FastifyRequest): Self {
  const principal = principalOf(request);
  if (principal?.kind !== 'user') throw new AppError('forbidden');
  return { principal, actor: actorOf(request) };
}
