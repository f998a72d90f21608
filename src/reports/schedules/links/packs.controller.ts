import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  Access,
  CurrentActor,
  CurrentPrincipal,
  type Principal,
  parseInput,
  TokenBuckets,
} from '../../../access/index.js';
import { AppError, CLOCK, type Clock } from '../../../platform/index.js';
import type { AuditActor } from '../../../shared/audit.js';
import type { PackLinkView, PackTicket } from '../../../shared/schedules.js';
import { attachmentHeader } from '../../exports/index.js';
import { mediaTypeOf } from '../pack.js';
import { PackLinks } from './pack-links.js';

const TokenBody = z.strictObject({ token: z.string().min(1).max(200) });
const FileQuery = z.strictObject({ ticket: z.string().max(200).default('') });
const BODY = { type: 'object', required: ['token'], properties: { token: { type: 'string' } } };

/** What links in messages lead to. The token travels in the body, never in an address. */
@ApiTags('schedules')
@Access('public')
@Controller('api/v1/packs')
export class PacksController {
  /** A token cannot be guessed; this only keeps one address from keeping the database busy. */
  private readonly requests: TokenBuckets;

  constructor(
    @Inject(PackLinks) private readonly links: PackLinks,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.requests = new TokenBuckets(clock, { capacity: 60, refillMs: 1_000 });
  }

  @Post('inspect')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a link from a message is good for; uses nothing up' })
  @ApiBody({ schema: BODY })
  inspect(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<PackLinkView> {
    this.slowDown(actor);
    return this.links.inspect(parseInput(TokenBody, body).token);
  }

  @Post('open')
  @HttpCode(200)
  @ApiOperation({ summary: 'The way to the file without sign-in, where the schedule allows it; uses the link up' })
  @ApiBody({ schema: BODY })
  open(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<PackTicket> {
    this.slowDown(actor);
    return this.links.open(parseInput(TokenBody, body).token, actor);
  }

  @Post('fetch')
  @HttpCode(200)
  @Access('exports:make')
  @ApiOperation({ summary: 'The way to the file for whoever sees everybody in it' })
  @ApiBody({ schema: BODY })
  fetch(@Body() body: unknown, @CurrentPrincipal() principal: Principal | null): Promise<PackTicket> {
    if (principal === null) throw new AppError('unauthenticated');
    return this.links.fetch(parseInput(TokenBody, body).token, principal);
  }

  @Get('file')
  @ApiOperation({ summary: 'The file; the ticket is the right to it, for five minutes' })
  @ApiQuery({ name: 'ticket', required: true })
  @ApiProduces('application/octet-stream')
  async file(
    @Query() query: unknown,
    @CurrentActor() actor: AuditActor,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    if (request.method === 'HEAD') throw new AppError('method_not_allowed');
    const { name, content } = await this.links.file(parseInput(FileQuery, query).ticket, actor);
    return new StreamableFile(content, {
      type: mediaTypeOf(name),
      disposition: attachmentHeader(name),
      length: content.length,
    });
  }

  private slowDown({ address }: AuditActor): void {
    if (this.requests.take(address ?? '') > 0) throw new AppError('rate_limited');
  }
}
