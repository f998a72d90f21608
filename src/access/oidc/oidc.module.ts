import { Module } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { CLOCK, type Clock, CONFIG, type Config, DATABASE, type Database } from '../../platform/index.js';
import { AccessModule } from '../access.module.js';
import { SessionService } from '../session.service.js';
import { OidcController } from './oidc.controller.js';
import { OidcProvider } from './oidc-provider.js';
import { OidcUsers } from './oidc-users.js';

/** Needs CONFIG, CLOCK, DATABASE, KEYS and AUDIT from a global module. */
@Module({
  imports: [AccessModule],
  controllers: [OidcController],
  providers: [
    {
      provide: OidcProvider,
      inject: [CONFIG, CLOCK],
      useFactory: ({ oidc }: Config, clock: Clock) => (oidc === null ? null : new OidcProvider(oidc, clock)),
    },
    {
      provide: OidcUsers,
      inject: [DATABASE, SessionService, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, sessions: SessionService, audit: AuditLog, clock: Clock) =>
        new OidcUsers(pool, sessions, audit, clock),
    },
  ],
})
export class OidcModule {}
