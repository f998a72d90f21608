import { Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
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
  LOGGER,
  type Logger,
  QUEUES,
  type Queues,
  SIGNALS,
  type Signals,
} from '../../platform/index.js';
import { writeDocument } from '../files/index.js';
import { ExportRepository } from './export.repository.js';
import { ExportService } from './export.service.js';
import { ExportFiles } from './export-files.js';
import { ExportKeeper } from './export-keeper.js';
import { EXPORT_QUEUE, ExportRunner } from './export-runner.js';
import { ExportWriter } from './export-writer.js';
import { ExportsController } from './exports.controller.js';
import { MakerRights } from './maker-rights.js';

const repository = {
  provide: ExportRepository,
  inject: [DATABASE],
  useFactory: ({ pool }: Database) => new ExportRepository(pool),
};
const files = {
  provide: ExportFiles,
  inject: [CONFIG],
  useFactory: ({ exportDir }: Config) => new ExportFiles(exportDir),
};
const rights = {
  provide: MakerRights,
  inject: [DATABASE, CONFIG, CLOCK],
  useFactory: ({ pool }: Database, config: Config, clock: Clock) => new MakerRights(pool, config, clock),
};
const writer = {
  provide: ExportWriter,
  inject: [DATABASE, KEYS, CONFIG, ModuleRef],
  useFactory: ({ url, pool }: Database, keys: Keys, config: Config, modules: ModuleRef) =>
    new ExportWriter({
      url,
      pool,
      keys,
      rowsMax: config.exportMaxRows,
      modules,
      writeDocument,
    }),
};
const runner = {
  provide: ExportRunner,
  inject: [DATABASE, CONFIG, CLOCK, AUDIT, QUEUES, LOGGER, ExportRepository, ExportFiles, MakerRights, ExportWriter],
  useFactory: (
    { pool }: Database,
    config: Config,
    clock: Clock,
    audit: AuditLog,
    queues: Queues,
    log: Logger,
    repository: ExportRepository,
    files: ExportFiles,
    rights: MakerRights,
    writer: ExportWriter,
  ) => {
    const queue = queues.queue(EXPORT_QUEUE);
    const keepDays = config.exportKeepDays;
    return new ExportRunner({ pool, repository, files, writer, rights, queue, audit, clock, log, keepDays });
  },
};
const keeper = {
  provide: ExportKeeper,
  inject: [ExportRepository, ExportFiles, SIGNALS, CLOCK, LOGGER],
  useFactory: (repository: ExportRepository, files: ExportFiles, signals: Signals, clock: Clock, log: Logger) =>
    new ExportKeeper(repository, files, signals, clock, log),
};
const service = {
  provide: ExportService,
  inject: [DATABASE, CONFIG, CLOCK, AUDIT, QUEUES, ExportRepository, ExportFiles, MakerRights, ExportRunner],
  useFactory: (
    { pool }: Database,
    config: Config,
    clock: Clock,
    audit: AuditLog,
    queues: Queues,
    repository: ExportRepository,
    files: ExportFiles,
    rights: MakerRights,
    runner: ExportRunner,
  ) => {
    const queue = queues.queue(EXPORT_QUEUE);
    const { exportKeepDays: keepDays, exportsPerPerson: perPerson } = config;
    return new ExportService({ pool, repository, files, rights, runner, queue, audit, clock, keepDays, perPerson });
  },
};

/**
 * Needs DATABASE, CLOCK, KEYS, AUDIT, CONFIG, QUEUES, SIGNALS and LOGGER from a global module. Asks for exports in every
 * process, makes them in those with the worker role.
 */
@Module({
  controllers: [ExportsController],
  providers: [repository, files, rights, writer, runner, keeper, service],
  exports: [ExportService],
})
export class ExportsModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ExportRunner) private readonly runner: ExportRunner,
    @Inject(ExportKeeper) private readonly keeper: ExportKeeper,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('worker')) return;
    this.runner.start();
    this.keeper.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.keeper.stop();
    await this.runner.stop();
  }
}
