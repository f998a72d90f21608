import { Controller, Get, Inject, Logger, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { AppError, CLOCK, type Clock, CONFIG, type Config, KEYS, type Keys } from '../../platform/index.js';
import type { SignInOptions } from '../../shared/sign-in.js';
import { Access } from '../access.decorator.js';
import { factsOf } from '../access.guard.js';
import { Authenticator } from '../authenticator.js';
import { isKnownSecure, requestedHost } from '../request-facts.js';
import { SessionService, type SignedIn } from '../session.service.js';
import { SessionCookie } from '../session-cookie.js';
import { attemptCookie, expiredAttemptCookies, localPath, readAttempt } from './attempt.js';
import { OidcProvider } from './oidc-provider.js';
import { OidcUsers } from './oidc-users.js';

const CALLBACK = '/api/v1/session/oidc/callback';

/** Single sign-on. A person's browser comes here by links, so every failure leads back to the sign-in page. */
@ApiTags('session')
@Access('public')
@Controller('api/v1/session')
export class OidcController {
  private readonly log = new Logger('oidc');

  constructor(
    @Inject(OidcProvider) private readonly provider: OidcProvider | null,
    @Inject(OidcUsers) private readonly users: OidcUsers,
    @Inject(SessionService) private readonly sessions: SessionService,
    @Inject(SessionCookie) private readonly cookie: SessionCookie,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(KEYS) private readonly keys: Keys,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AUDIT) private readonly audit: AuditLog,
  ) {}

  @Get('options')
  @ApiOperation({ summary: 'The ways to sign in' })
  options(): SignInOptions {
    return { password: true, oidc: this.config.oidc === null ? null : { name: this.config.oidc.name } };
  }

  @Get('oidc/start')
  @ApiOperation({ summary: 'Begin to sign in at the provider', description: 'Answers with a redirect to it.' })
  @ApiQuery({ name: 'next', required: false, description: 'Path of this site to go to afterwards' })
  async start(@Query('next') next: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = localPath(next);
    try {
      const { address, attempt } = await this.configured().begin(this.originOf(request) + CALLBACK, path);
      // Where the answer will arrive says best whether it comes over https.
      reply.header('set-cookie', attemptCookie(attempt, this.keys, attempt.redirectUri.startsWith('https:')));
      reply.redirect(address, 302);
    } catch (error) {
      this.fail(request, reply, path, error);
    }
  }

  @Get('oidc/callback')
  @ApiOperation({ summary: 'Where the provider sends the browser back to' })
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const facts = factsOf(request);
    const knownSecure = isKnownSecure(facts, this.config, this.authenticator.isProxy);
    const attempt = readAttempt(facts.headers.cookie, this.keys, { knownSecure, now: this.clock.now() });
    try {
      const provider = this.configured();
      if (attempt === null) throw new AppError('oidc_attempt_unknown');
      const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
      const person = await provider.finish(query, attempt);
      const { address } = this.cookie.browserOf(request);
      const userId = await this.users.admit(person, this.config.oidc?.roles ?? [], address);
      this.welcome(request, reply, await this.open(request, userId));
      reply.redirect(attempt.next, 302);
    } catch (error) {
      reply.header('set-cookie', expiredAttemptCookies());
      this.fail(request, reply, attempt?.next ?? '/', error);
    }
  }

  private async open(request: FastifyRequest, userId: number): Promise<SignedIn> {
    const opened = await this.sessions.open({ userId, method: 'oidc', ...this.cookie.browserOf(request) });
    if (opened === null) throw new AppError('oidc_account_disabled');
    return opened;
  }

  private welcome(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): void {
    // Several headers of one name: each call adds one.
    reply.header('set-cookie', expiredAttemptCookies());
    this.cookie.setFor(request, reply, signedIn);
  }

  /** Throws `oidc_not_configured`. */
  private configured(): OidcProvider {
    if (this.provider === null) throw new AppError('oidc_not_configured');
    return this.provider;
  }

  /** Back to the sign-in page, which says what the code means; the cause is for the log only. */
  private fail(request: FastifyRequest, reply: FastifyReply, next: string, error: unknown): void {
    if (!(error instanceof AppError) || !error.code.startsWith('oidc_')) throw error;
    if (error.code === 'oidc_not_configured') throw error;
    if (error.cause !== undefined) this.log.warn(`Single sign-on failed with ${error.code}: ${reasonOf(error.cause)}`);
    const { address } = this.cookie.browserOf(request);
    this.audit.note({
      actor: { kind: 'anonymous', id: null, address },
      action: 'session.sign_in_failed',
      subject: null,
      outcome: 'refused',
      after: { reason: error.code },
    });
    const query = new URLSearchParams({ sso: error.code, ...(next === '/' ? {} : { next }) });
    reply.redirect(`/sign-in?${query}`, 302);
  }

  /**
   * As the person's browser reaches us: PUBLIC_URL where that is its host, else the host it asked for. A made-up host
   * leads nowhere: the provider sends people back only to addresses registered there.
   */
  private originOf(request: FastifyRequest): string {
    const facts = factsOf(request);
    const host = requestedHost(facts, this.authenticator.isProxy);
    const { publicUrl } = this.config;
    const known = publicUrl === null ? null : new URL(publicUrl);
    if (known?.host === host) return known.origin;
    return `${isKnownSecure(facts, this.config, this.authenticator.isProxy) ? 'https' : 'http'}://${host}`;
  }
}

/** What went wrong in the provider's words: never its tokens, nor what it says of the person. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const { code, error } = cause as Error & { code?: unknown; error?: unknown };
  const words = [cause.message, code, error].filter((word) => typeof word === 'string');
  const below = cause.cause instanceof Error ? ` (${reasonOf(cause.cause)})` : '';
  return words.join(', ').slice(0, 300) + below;
}
