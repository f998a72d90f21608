import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal, type Principal } from '../access/index.js';
import type { RawQuery } from '../kpi/index.js';
import { AppError } from '../platform/index.js';
import { LEADERBOARD_MODES, type Leaderboard, QUADRANT_ACTIVITIES, type QuadrantsView } from '../shared/comparison.js';
import { ComparisonReadModel } from './comparison.read-model.js';
import { readLeaderboardQuery, readQuadrantsQuery } from './comparison-query.js';

@ApiTags('comparison')
@ApiBearerAuth()
@Controller('api/v1')
@Access('kpis:read')
export class ComparisonController {
  constructor(@Inject(ComparisonReadModel) private readonly readModel: ComparisonReadModel) {}

  @Get('leaderboards')
  @ApiOperation({
    summary: 'People or teams in order of a KPI',
    description:
      'Rates are ordered by an empirical-Bayes estimate with its interval; too few calls give no place. Agents see their own team, if it shows places.',
  })
  @ApiQuery({ name: 'kpi', required: false, description: 'Id of the catalog; default dials' })
  @ApiQuery({ name: 'mode', required: false, enum: LEADERBOARD_MODES })
  @ApiQuery({ name: 'from', required: false, description: 'YYYY-MM-DD; default today' })
  @ApiQuery({ name: 'to', required: false, description: 'YYYY-MM-DD, exclusive; default the day after' })
  @ApiQuery({ name: 'team', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'per', required: false, enum: ['head', 'total'], description: 'Of sums of teams; default head' })
  @ApiQuery({ name: 'currency', required: false, description: 'Of money; default the only one there is' })
  leaderboard(@Query() query: RawQuery, @CurrentPrincipal() principal: Principal | null): Promise<Leaderboard> {
    return this.readModel.leaderboard(readLeaderboardQuery(query), known(principal));
  }

  @Get('quadrants')
  @ApiOperation({ summary: 'Activity × conversion of people, parted at the medians, with the period before' })
  @ApiQuery({ name: 'x', required: false, enum: QUADRANT_ACTIVITIES })
  @ApiQuery({ name: 'y', required: false, description: 'Id of a rate; default conversion_rate' })
  @ApiQuery({ name: 'from', required: false, description: 'YYYY-MM-DD; default today' })
  @ApiQuery({ name: 'to', required: false, description: 'YYYY-MM-DD, exclusive; default the day after' })
  @ApiQuery({ name: 'team', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Ids separated by commas' })
  quadrants(@Query() query: RawQuery, @CurrentPrincipal() principal: Principal | null): Promise<QuadrantsView> {
    return this.readModel.quadrants(readQuadrantsQuery(query), known(principal));
  }
}

function known(principal: Principal | null): Principal {
  if (principal === null) throw new AppError('unauthenticated');
  return principal;
}
