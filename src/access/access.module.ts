import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { AUDIT, type AuditLog } from '../audit/index.js';
import { CLOCK, type Clock, CONFIG, type Config, DATABASE, type Database } from '../platform/index.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { DeclaredRoutes } from './declared-routes.js';
import { KeyService } from './keys/key.service.js';
import { KeysModule } from './keys/keys.module.js';
import { preparePasswords } from './passwords.js';
import { Policy } from './policy.js';
import { RefusalLog } from './refusal-log.js';
import { SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import { UserRepository } from './users/user.repository.js';

/** Needs CONFIG, CLOCK, DATABASE, KEYS and AUDIT from a global module. Guards every route of the application it is imported into. */
@Module({
  imports: [DiscoveryModule, KeysModule],
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
      inject: [CONFIG, SessionService, KeyService],
      useFactory: (config: Config, sessions: SessionService, keys: KeyService) =>
        new Authenticator(config, sessions, keys),
    },
    DeclaredRoutes,
    RefusalLog,
    { provide: APP_INTERCEPTOR, useExisting: RefusalLog },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, Policy, DeclaredRoutes, RefusalLog],
})
export class AccessModule implements OnModuleInit {
  async onModuleInit(): Promise<void> {
    await preparePasswords();
  }
}
