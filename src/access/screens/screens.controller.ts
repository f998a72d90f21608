import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError, CONFIG, type Config } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { OwnScreen, PairingStart, PairingState, ScreenList, ScreenView } from '../../shared/boards.js';
import { Access, CurrentPrincipal } from '../access.decorator.js';
import { factsOf } from '../access.guard.js';
import { CurrentActor } from '../actor.js';
import { Authenticator } from '../authenticator.js';
import type { Principal } from '../principal.js';
import { clientAddress, isKnownSecure, wantsSecureCookie } from '../request-facts.js';
import { PairingRefused, PairingService } from './pairing.service.js';
import { ScreenService } from './screen.service.js';
import { screenCookieFrom, serialiseScreenCookie } from './screen-cookie.js';

const Name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');
const Board = z.string().max(40);
const CreateBody = z.strictObject({
  code: z
    .string()
    .max(20)
    .transform((code) => code.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'must be six digits')),
  name: Name,
  boardId: Board,
});
const UpdateBody = z.strictObject({ name: Name.optional(), boardId: Board.optional() });
const PollBody = z.strictObject({ secret: z.string().min(1).max(100) });

const properties = { name: { type: 'string', maxLength: 60 }, boardId: { type: 'string' } };

@ApiTags('screens')
@ApiBearerAuth()
@Controller('api/v1')
export class ScreensController {
  constructor(
    @Inject(PairingService) private readonly pairings: PairingService,
    @Inject(ScreenService) private readonly screens: ScreenService,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('screens/pairings')
  @HttpCode(201)
  @Access('public')
  @ApiOperation({ summary: 'A TV asks for a code to show', description: 'Send the header X-Tallyboard: 1.' })
  async start(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PairingStart> {
    return withRetryAfter(reply, () => this.pairings.start(this.addressOf(request)));
  }

  @Post('screens/pairings/poll')
  @HttpCode(200)
  @Access('public')
  @ApiOperation({ summary: 'Whether the TV is paired by now', description: 'Once it is, sets its device cookie.' })
  @ApiBody({ schema: { type: 'object', required: ['secret'], properties: { secret: { type: 'string' } } } })
  async poll(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PairingState> {
    const { secret } = read(PollBody, body);
    return withRetryAfter(reply, async () => {
      const { state, token } = await this.pairings.poll(secret, this.addressOf(request));
      if (token !== null) {
        const secure = wantsSecureCookie(factsOf(request), this.config, this.authenticator.isProxy);
        reply.header('set-cookie', serialiseScreenCookie(token, secure));
      }
      return state;
    });
  }

  @Get('screen')
  @Access('screen')
  @ApiOperation({ summary: 'A paired TV about itself', description: 'Known by its device cookie, which starts anew.' })
  own(
    @CurrentPrincipal() principal: Principal | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnScreen> {
    if (principal?.kind !== 'screen') throw new AppError('not_found');
    const facts = factsOf(request);
    const knownSecure = isKnownSecure(facts, this.config, this.authenticator.isProxy);
    const cookie = screenCookieFrom(facts.headers.cookie, knownSecure);
    if (cookie !== null) reply.header('set-cookie', serialiseScreenCookie(cookie.token, cookie.secure));
    return this.screens.own(principal);
  }

  @Get('screens')
  @Access('screens:manage')
  @ApiOperation({ summary: 'Paired TVs, with what they show and when they were last seen' })
  async list(): Promise<ScreenList> {
    return { screens: await this.screens.list() };
  }

  @Post('screens')
  @HttpCode(201)
  @Access('screens:manage')
  @ApiOperation({ summary: 'Pair the TV that shows a code with a board' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['code', 'name', 'boardId'],
      properties: { code: { type: 'string', pattern: '^[0-9]{6}$' }, ...properties },
    },
  })
  pair(
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScreenView> {
    return withRetryAfter(reply, () => this.screens.pair(read(CreateBody, body), actor));
  }

  @Patch('screens/:id')
  @Access('screens:manage')
  @ApiOperation({ summary: 'Rename a TV, or show another board on it: it switches by itself' })
  @ApiBody({ schema: { type: 'object', properties } })
  change(@Param('id') id: string, @Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<ScreenView> {
    return this.screens.change(idOf(id), read(UpdateBody, body), actor);
  }

  @Delete('screens/:id')
  @HttpCode(204)
  @Access('screens:manage')
  @ApiOperation({ summary: 'Revoke a TV: it shows nothing any more within a second' })
  revoke(@Param('id') id: string, @CurrentActor() actor: AuditActor): Promise<void> {
    return this.screens.revoke(idOf(id), actor);
  }

  private addressOf(request: FastifyRequest): string {
    return clientAddress(factsOf(request), this.authenticator.isProxy);
  }
}

function idOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new AppError('not_found');
  return Number(text);
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'body';
  throw new AppError('request_invalid', { field, params: { reason: `${field}: ${issue?.message ?? 'not valid'}` } });
}

async function withRetryAfter<T>(reply: FastifyReply, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PairingRefused) reply.header('retry-after', String(error.seconds));
    throw error;
  }
}
