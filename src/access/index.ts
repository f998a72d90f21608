export { Access, CurrentPrincipal } from './access.decorator.js';
export { AccessModule } from './access.module.js';
export { actorFor, actorOf, CurrentActor } from './actor.js';
export { Authenticator } from './authenticator.js';
export { type DeclaredRoute, DeclaredRoutes } from './declared-routes.js';
export { ensureFirstAdministrator, type FirstAdministrator } from './first-administrator.js';
export { type AccessLevel, type Decision, isSubset, KEY_SCOPES, Policy, type WatchedBoard } from './policy.js';
export { type Principal, principalOf } from './principal.js';
export { type AddParameter, scopeSql } from './scope-sql.js';
