import { Inject, Logger, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import {
  CLOCK,
  type Clock,
  CONFIG,
  type Config,
  DATABASE,
  type Database,
  KEYS,
  type Keys,
  MailSender,
  Outbound,
  QUEUES,
  type Queues,
} from '../../platform/index.js';
import { ReportDocumentsModule } from '../documents/index.js';
import { writeDocument } from '../files/index.js';
import { REPORT_DOCUMENTS, type ReportDocuments } from '../ports.js';
import type { Ways } from './destinations/senders.js';
import { PackLinks, PacksController } from './links/index.js';
import { PackMaker } from './pack.js';
import { ScheduleJob } from './schedule.job.js';
import { SchedulesController } from './schedules.controller.js';
import { SchedulesService } from './schedules.service.js';

const QUEUE = 'schedules';
const LOOK = 'look';
const WAYS = Symbol('Ways');

const log = new Logger('schedules');

/**
 * Needs DATABASE, CLOCK, CONFIG, KEYS, AUDIT and QUEUES from a global module. A process with the worker role sends what is
 * due; the queue only tells it that somebody asked for a run in another process.
 */
@Module({
  imports: [ReportDocumentsModule],
  controllers: [SchedulesController, PacksController],
  providers: [
    {
      provide: WAYS,
      inject: [CONFIG],
      useFactory: ({ smtpUrl, mailFrom, outboundAllow }: Config): Ways => ({
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
    {
      provide: PackLinks,
      inject: [DATABASE, KEYS, CLOCK, AUDIT],
      useFactory: ({ pool }: Database, keys: Keys, clock: Clock, audit: AuditLog) =>
        new PackLinks({ pool, keys, clock, audit }),
    },
    {
      provide: ScheduleJob,
      inject: [DATABASE, KEYS, CLOCK, AUDIT, PackMaker, WAYS, CONFIG],
      useFactory: (
        { pool }: Database,
        keys: Keys,
        clock: Clock,
        audit: AuditLog,
        packs: PackMaker,
        ways: Ways,
        { publicUrl }: Config,
      ) =>
        new ScheduleJob({
          pool,
          keys,
          clock,
          audit,
          packs,
          ways,
          publicUrl,
          failed: (what, error) => log.error(what, error),
        }),
    },
    {
      provide: SchedulesService,
      inject: [DATABASE, KEYS, CLOCK, AUDIT, PackMaker, REPORT_DOCUMENTS, WAYS, CONFIG, QUEUES],
      useFactory: (
        { pool }: Database,
        keys: Keys,
        clock: Clock,
        audit: AuditLog,
        packs: PackMaker,
        documents: ReportDocuments,
        ways: Ways,
        { publicUrl }: Config,
        queues: Queues,
      ) => {
        const wake = () => void queues.queue(QUEUE).add(LOOK, {}, { id: LOOK });
        return new SchedulesService({ pool, keys, clock, audit, packs, documents, ways, publicUrl, wake });
      },
    },
  ],
})
export class SchedulesModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(ScheduleJob) private readonly job: ScheduleJob,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(WAYS) private readonly ways: Ways,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('worker')) return;
    this.job.start();
    this.queues.queue(QUEUE).work(() => this.job.run(), 1);
  }

  async onModuleDestroy(): Promise<void> {
    await this.job.stop();
    this.ways.mail.close();
  }
}
