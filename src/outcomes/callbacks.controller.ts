import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../access/index.js';
import { type RawQuery, readChoice, readIds, readParameters, readTime } from '../kpi/read/index.js';
import { AppError } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import type { CallbackView } from '../shared/outcomes.js';
import { CallbacksReadModel } from './callbacks.read-model.js';

const STATES = ['open', 'due', 'missed', 'kept'] as const;

@ApiTags('outcomes')
@ApiBearerAuth()
@Access('outcomes:read')
@Controller('api/v1/callbacks')
export class CallbacksController {
  constructor(@Inject(CallbacksReadModel) private readonly callbacks: CallbacksReadModel) {}

  @Get()
  @ApiOperation({
    summary: 'Promised callbacks by due time: open, due, missed, kept',
    description: 'At most 500. Without `from`: those of the last seven days and all that are to come.',
  })
  @ApiQuery({ name: 'agent', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'state', required: false, enum: STATES })
  @ApiQuery({ name: 'from', required: false, description: 'Due from, ISO 8601 instant' })
  @ApiQuery({ name: 'to', required: false, description: 'Exclusive' })
  list(@Query() raw: RawQuery, @CurrentScope() scope: Scope): Promise<CallbackView[]> {
    const values = readParameters(raw, ['agent', 'state', 'from', 'to']);
    return this.callbacks.list(
      {
        agents: readIds('agent', values.get('agent')),
        state: readChoice('state', values.get('state'), STATES),
        from: instant('from', values.get('from')),
        to: instant('to', values.get('to')),
      },
      scope,
    );
  }
}

function instant(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const bound = readTime(name, value);
  if (bound.kind === 'instant') return bound.ms;
  throw new AppError('time_invalid', { field: name, params: { name } });
}
