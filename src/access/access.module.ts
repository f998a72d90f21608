import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AUDIT, type AuditLog } from '../audit/index.js';
import { CLOCK, type Clock, CONFIG, type Config, DATABASE, type Database } from '../platform/index.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { DeclaredRoutes } from './declared-routes.js';
import { preparePasswords } from './passwords.js';
import { Policy } from './policy.js';
import { SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import { UserRepository } from './users/user.repository.js';

/** Needs CONFIG, CLOCK, DATABASE, KEYS and AUDIT from a global module. Guards every route of the application it is imported into. */
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionController],
  providers: [
    { provide: Policy, useValue: new Policy() },
    {
      provide: SessionService,
      inject: [DATABASE, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, audit: AuditLog, clock: Clock) =>
        new SessionService(pool, new SessionRepository(pool), audit, clock),
    },
    {
      provide: SignInService,
      inject: [DATABASE, SessionService, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, sessions: SessionService, audit: AuditLog, clock: Clock) =>
        new SignInService(new UserRepository(pool), sessions, audit, clock),
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
