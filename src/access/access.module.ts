import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { CONFIG, type Config } from '../platform/index.js';
import { AccessGuard } from './access.guard.js';
import { AccountController } from './account/account.controller.js';
import { AccountsModule } from './accounts.module.js';
import { Authenticator } from './authenticator.js';
import { DeclaredRoutes } from './declared-routes.js';
import { KeyService } from './keys/key.service.js';
import { KeysModule } from './keys/keys.module.js';
import { LinkController } from './links/link.controller.js';
import { preparePasswords } from './passwords.js';
import { Policy } from './policy.js';
import { RefusalLog } from './refusal-log.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SessionCookie } from './session-cookie.js';
import { UserController } from './users/user.controller.js';

/** Needs CONFIG, CLOCK, DATABASE, KEYS and AUDIT from a global module. Guards every route of the application it is imported into. */
@Module({
  imports: [DiscoveryModule, AccountsModule, KeysModule],
  controllers: [SessionController, AccountController, LinkController, UserController],
  providers: [
    { provide: Policy, useValue: new Policy() },
    {
      provide: Authenticator,
      inject: [CONFIG, SessionService, KeyService],
      useFactory: (config: Config, sessions: SessionService, keys: KeyService) =>
        new Authenticator(config, sessions, keys),
    },
    SessionCookie,
    DeclaredRoutes,
    RefusalLog,
    { provide: APP_INTERCEPTOR, useExisting: RefusalLog },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccountsModule, Authenticator, Policy, DeclaredRoutes, RefusalLog, SessionCookie],
})
export class AccessModule implements OnModuleInit {
  async onModuleInit(): Promise<void> {
    await preparePasswords();
  }
}
