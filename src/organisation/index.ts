export { AgentViews } from './agents/agent-views.js';
export { NewAgentsReadModel } from './agents/new-agents.read-model.js';
export {
  type Affected,
  ATTRIBUTION,
  type AttributionChanged,
  type Reattributed,
} from './attribution.port.js';
export * from './business-time.js';
export { holidaysOf, patternsOf } from './calendar/calendar.repository.js';
export { calendarDay, type Holiday, type Pattern, type Person } from './calendar/working-days.js';
export { loadCallingHours } from './calling-hours.js';
export { type DispositionRow, loadDispositions } from './dispositions/dispositions.repository.js';
export { OWN_NUMBERS, type OwnNumbers } from './own-numbers.port.js';
export * from './settings.repository.js';
export { type Change, SettingsChanges } from './settings-changes.js';
export * from './settings-snapshot.js';
export type { TeamTree } from './teams/team-tree.js';
export { currentTeamSql, loadTeamTree } from './teams/teams.repository.js';
export { visibleAgentsSql } from './visible.js';
