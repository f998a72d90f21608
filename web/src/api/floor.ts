import type { DayNorm } from '../../../src/shared/floor.js';
import type { AgentTimeline } from '../../../src/shared/presence.js';
import type { TargetProgress } from '../../../src/shared/targets.js';
import { query, request } from './client.js';

/** What Floor's panel asks for beside the live state. */

export const getDayNorm = (agentId: number, date?: string): Promise<DayNorm> =>
  request('GET', `/agents/${agentId}/day-norm${query({ date })}`);
export const getAgentTimeline = (agentId: number, date: string): Promise<AgentTimeline> =>
  request('GET', `/agents/${agentId}/timeline${query({ date })}`);
export const getAgentAttainment = (agentId: number): Promise<TargetProgress[]> =>
  request('GET', `/attainment${query({ scope: `agent:${agentId}` })}`);
