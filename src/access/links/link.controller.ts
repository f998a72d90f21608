import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AppError, CLOCK, type Clock } from '../../platform/index.js';
import type { LinkRedeemed, LinkView } from '../../shared/accounts.js';
import type { AuditActor } from '../../shared/audit.js';
import { Access } from '../access.decorator.js';
import { CurrentActor } from '../actor.js';
import { personName, token, typedPassword } from '../fields.js';
import { networkOf } from '../login-throttle.js';
import { parseInput } from '../request-body.js';
import { TokenBuckets } from '../token-bucket.js';
import { LinkService } from './link.service.js';

const InspectBody = z.strictObject({ token });
const RedeemBody = z.strictObject({ token, password: typedPassword, name: personName.optional() });

/** For people who cannot sign in yet. The token travels in the body, never in an address. */
@ApiTags('links')
@Access('public')
@Controller('api/v1/links')
export class LinkController {
  /** A token cannot be guessed; this only keeps one address from keeping the database busy. */
  private readonly requests: TokenBuckets;

  constructor(
    @Inject(LinkService) private readonly links: LinkService,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.requests = new TokenBuckets(clock, { capacity: 30, refillMs: 2_000 });
  }

  @Post('inspect')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whom an invitation or reset link is for' })
  @ApiBody({ schema: { type: 'object', required: ['token'], properties: { token: { type: 'string' } } } })
  inspect(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<LinkView> {
    this.slowDown(actor);
    return this.links.inspect(parseInput(InspectBody, body).token);
  }

  @Post('redeem')
  @HttpCode(200)
  @ApiOperation({ summary: 'Set a password with such a link', description: 'It works once.' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['token', 'password'],
      properties: { token: { type: 'string' }, password: { type: 'string' }, name: { type: 'string' } },
    },
  })
  redeem(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<LinkRedeemed> {
    this.slowDown(actor);
    const { token, password, name } = parseInput(RedeemBody, body);
    return this.links.redeem({ token, password, ...(name === undefined ? {} : { name }) }, actor.address ?? '');
  }

  private slowDown({ address }: AuditActor): void {
    if (this.requests.take(networkOf(address ?? '')) > 0) throw new AppError('rate_limited');
  }
}
