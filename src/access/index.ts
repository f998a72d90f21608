export { Access, CurrentPrincipal } from './access.decorator.js';
export { AccessModule } from './access.module.js';
export { Authenticator } from './authenticator.js';
export { type DeclaredRoute, DeclaredRoutes } from './declared-routes.js';
export { ensureFirstAdministrator, type FirstAdministrator } from './first-administrator.js';
export { type AccessLevel, type Decision, Policy } from './policy.js';
export { type Principal, principalOf } from './principal.js';
