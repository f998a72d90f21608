import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { AccessLevel } from './policy.js';
import { principalOf, scopeOfRequest } from './principal.js';

export const ACCESS_METADATA = 'tallyboard:access';

/** Declares who may use a route, on its method or for a whole controller. A route without it stops the start. */
export const Access = (level: AccessLevel) => SetMetadata(ACCESS_METADATA, level);

export const BASIC_METADATA = 'tallyboard:basic';

/**
 * Routes of other programs that know no bearer keys (Excel, Power BI, Tableau): the key may also come as the password of
 * HTTP Basic, under any user name.
 */
export const AcceptsBasic = () => SetMetadata(BASIC_METADATA, true);

/** The `Principal` of the request, or null on a public route. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  principalOf(context.switchToHttp().getRequest<object>()),
);

/** Whose numbers the request may see; nobody's on a public route. Every read of people's rows asks for it. */
export const CurrentScope = createParamDecorator((_: unknown, context: ExecutionContext) =>
  scopeOfRequest(context.switchToHttp().getRequest<object>()),
);
