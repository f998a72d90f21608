import { Module } from '@nestjs/common';
import { AccessModule, Authenticator } from '../../access/index.js';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database, KEYS, type Keys } from '../../platform/index.js';
import { Feed } from './feed.js';
import { OdataController, setControllers } from './odata.controllers.js';
import { OdataService } from './odata.service.js';
import { ReadingNotes } from './reading-notes.js';

/** The OData feed under /odata/v4. Needs DATABASE, CLOCK, KEYS and AUDIT from a global module. */
@Module({
  imports: [AccessModule],
  controllers: [OdataController, ...setControllers()],
  providers: [
    {
      provide: OdataService,
      inject: [DATABASE, CLOCK, KEYS, AUDIT, Authenticator],
      useFactory: (database: Database, clock: Clock, keys: Keys, audit: AuditLog, authenticator: Authenticator) =>
        new OdataService(keys, new Feed(database, clock), authenticator, new ReadingNotes(audit, clock)),
    },
  ],
})
export class OdataModule {}
