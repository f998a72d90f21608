import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../access/index.js';
import { CONFIG, type Config, productVersion } from '../platform/index.js';
import type { SetupView } from '../shared/api.js';

/** Tells Twilio to try again after every kind of failure; by default it tries once more, and only on a failed connect. */
const RETRY_FRAGMENT = '#rc=5&rp=all';

/** Addresses to paste into Twilio. The fragment is Twilio's own and is no part of what it signs. */
export function webhookUrls(base: string): SetupView['webhooks'] {
  const address = (kind: string): string => `${base}/webhooks/twilio/${kind}${RETRY_FRAGMENT}`;
  // TaskRouter has no such options.
  const taskrouter = `${base}/webhooks/twilio/taskrouter`;
  return { voice: address('voice'), amd: address('amd'), recording: address('recording'), taskrouter };
}

/** What somebody who connects a phone system needs to know. */
@ApiTags('setup')
@ApiBearerAuth()
@Access('settings:read')
@Controller('api/v1/setup')
export class SetupController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @ApiOperation({ summary: 'Addresses and settings for connecting a phone system' })
  read(@Req() request: FastifyRequest): SetupView {
    const { config } = this;
    const publicUrl = config.publicUrl ?? `http://${request.headers.host ?? `${config.host}:${config.port}`}`;
    return {
      publicUrl,
      publicUrlConfigured: config.publicUrl !== null,
      twilioConfigured: config.twilioAuthTokens.length > 0,
      webhooks: webhookUrls(publicUrl),
      demo: config.demo,
      timeZone: config.orgTimeZone,
      country: config.orgCountry,
      currency: config.orgCurrency,
      version: productVersion(),
    };
  }
}
