import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CLOCK, type Clock, CONFIG, type Config, DATABASE, type Database } from '../platform/index.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { DeclaredRoutes } from './declared-routes.js';
import { preparePasswords } from './passwords.js';
import { Policy } from './policy.js';
import { SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';

/** Needs CONFIG, CLOCK and DATABASE from a global module. Guards every route of the application it is imported into. */
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionController],
  providers: [
    { provide: Policy, useValue: new Policy() },
    {
      provide: SessionService,
      inject: [DATABASE, CLOCK],
      useFactory: (database: Database, clock: Clock) => new SessionService(new SessionRepository(database.pool), clock),
    },
    {
      provide: Authenticator,
      inject: [CONFIG, SessionService],
      useFactory: (config: Config, sessions: SessionService) => new Authenticator(config, sessions),
    },
    DeclaredRoutes,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, Policy, DeclaredRoutes],
})
export class AccessModule implements OnModuleInit {
  async onModuleInit(): Promise<void> {
    await preparePasswords();
  }
}
