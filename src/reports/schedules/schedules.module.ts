import { Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import {
  CLOCK,
  type Clock,
  CONFIG,
  type Config,
  createLogger,
  DATABASE,
  type Database,
  KEYS,
  type Keys,
  MailSender,
  Outbound,
  QUEUES,
  type Queues,
} from '../../platform/index.js';
import { writeDocument } from '../files/index.js';
import { REPORT_DOCUMENTS, type ReportDocuments } from '../ports.js';
import { PackMaker } from './pack.js';
import { ScheduleJob } from './schedule.job.js';
import { SchedulesController } from './schedules.controller.js';
import { SchedulesService } from './schedules.service.js';
import { ReportDocumentsModule } from '../documents/index.js';

const QUEUE = 'schedules';
const LOOK = 'look';
const WAYS = Symbol('Ways');

/**
 * Needs DATABASE, CLOCK, CONFIG, KEYS, AUDIT and QUEUES from a global module. A process with the worker role sends what is
 * due; the queue only wakes it when somebody asks for a run elsewhere.
 */
@Module({
  imports: [ReportDocumentsModule],
  controllers: [SchedulesController],
  providers: [
    {
      provide: WAYS,
      inject: [CONFIG],
      useFactory: ({ smtpUrl, mailFrom, outboundAllow }: Config) => ({
        mail: new MailSender(smtpUrl, mailFrom),
        outbound: new Outbound({ allow: outboundAllow }),
      }),
    },
    {
      provide: PackMaker,
      inject: [DATABASE, REPORT_DOCUMENTS, CLOCK],
      useFactory: ({ pool }: Database, documents: ReportDocuments, clock: Clock) =>
        new PackMaker(pool, documents, writeDocument, clock),
    },
  ],
})
export class SchedulesModule {}
