import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../../access/index.js';
import type { TwilioCallbackKind } from './translate.js';
import { TwilioWebhook } from './twilio-webhook.js';

/** Status callbacks of Twilio. 204 means committed (or in the spool); Twilio ignores the body. */
@ApiExcludeController()
@Access('webhook')
@Controller('webhooks/twilio')
export class TwilioController {
  constructor(@Inject(TwilioWebhook) private readonly webhook: TwilioWebhook) {}

  @Post('voice')
  @HttpCode(204)
  voice(@Req() request: FastifyRequest): Promise<void> {
    return this.receive('voice', request);
  }

  @Post('amd')
  @HttpCode(204)
  amd(@Req() request: FastifyRequest): Promise<void> {
    return this.receive('amd', request);
  }

  @Post('recording')
  @HttpCode(204)
  recording(@Req() request: FastifyRequest): Promise<void> {
    return this.receive('recording', request);
  }

  private receive(kind: TwilioCallbackKind, request: FastifyRequest): Promise<void> {
    const { socket, headers, body } = request;
    return this.webhook.receive({
      kind,
      target: request.raw.url ?? '',
      headers,
      body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      remoteAddress: socket.remoteAddress ?? '',
      encrypted: 'encrypted' in socket && socket.encrypted === true,
    });
  }
}
