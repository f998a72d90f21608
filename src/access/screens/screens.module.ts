import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import {
  CLOCK,
  type Clock,
  CONFIG,
  type Config,
  DATABASE,
  type Database,
  SIGNALS,
  type Signals,
} from '../../platform/index.js';
import { AccessModule } from '../access.module.js';
import { Authenticator } from '../authenticator.js';
import { isKnownSecure } from '../request-facts.js';
import { PairingService } from './pairing.service.js';
import { ScreenService } from './screen.service.js';
import { screenCookieFrom } from './screen-cookie.js';
import { ScreensController } from './screens.controller.js';

/** Needs CONFIG, CLOCK, DATABASE, AUDIT and SIGNALS from a global module. */
@Module({
  imports: [AccessModule],
  controllers: [ScreensController],
  providers: [
    {
      provide: PairingService,
      inject: [DATABASE, CLOCK],
      useFactory: ({ pool }: Database, clock: Clock) => new PairingService(pool, clock),
    },
    {
      provide: ScreenService,
      inject: [DATABASE, AUDIT, SIGNALS, CLOCK],
      useFactory: ({ pool }: Database, audit: AuditLog, signals: Signals, clock: Clock) =>
        new ScreenService(pool, audit, signals, clock),
    },
  ],
  exports: [ScreenService],
})
export class ScreensModule implements OnModuleInit {
  constructor(
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(ScreenService) private readonly screens: ScreenService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const { authenticator, screens, config } = this;
    authenticator.connectScreens({
      authenticate: async (request) => {
        const cookie = screenCookieFrom(request.headers.cookie, isKnownSecure(request, config, authenticator.isProxy));
        return cookie === null ? null : screens.authenticate(cookie.token);
      },
      isLive: async ({ screenId }) => (await screens.boardsOf([screenId])).has(screenId),
    });
  }
}
