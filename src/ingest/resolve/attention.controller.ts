import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../../access/index.js';
import { ATTRIBUTION, type AttributionChanged, NewAgentsReadModel } from '../../organisation/index.js';
import { DATABASE, type Database, isoOf } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { Attention, AttentionCount } from '../../shared/organisation.js';
import { type Unresolved, UnresolvedReadModel } from './unresolved.read-model.js';

const NOTHING: Unresolved = { addresses: [], withoutAddress: 0, since: null };

/** What of the organisation waits for somebody. Each entry is fixed with one request of agents. */
@ApiTags('organisation')
@ApiBearerAuth()
@Access('people:read')
@Controller('api/v1/organisation/attention')
export class AttentionController {
  constructor(
    @Inject(NewAgentsReadModel) private readonly newAgents: NewAgentsReadModel,
    @Inject(UnresolvedReadModel) private readonly unresolved: UnresolvedReadModel,
    @Inject(ATTRIBUTION) private readonly attribution: AttributionChanged,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({ summary: 'New agents, and calls of nobody by the address nobody has' })
  async read(@CurrentScope() scope: Scope): Promise<Attention> {
    const { addresses, withoutAddress, since } = await this.unassigned(scope);
    const { tasks, since: waitingSince } = await this.attribution.waiting(this.database.pool);
    return {
      newAgents: await this.newAgents.list(scope),
      newAgentsTotal: await this.newAgents.count(scope),
      unresolved: addresses,
      unassignedWithoutAddress: withoutAddress,
      unassignedSince: since,
      recount: { waiting: tasks, since: waitingSince === null ? null : isoOf(waitingSince) },
    };
  }

  @Get('count')
  @ApiOperation({ summary: 'How much there is, for a badge' })
  async count(@CurrentScope() scope: Scope): Promise<AttentionCount> {
    const unresolved = scope.kind === 'all' ? await this.unresolved.count() : 0;
    return { newAgents: await this.newAgents.count(scope), unresolved };
  }

  /** Calls of nobody are in nobody's team. */
  private unassigned(scope: Scope): Promise<Unresolved> {
    return scope.kind === 'all' ? this.unresolved.read() : Promise.resolve(NOTHING);
  }
}
