export { createHttpApp, type HttpAppOptions, listen } from './create-http-app.js';
export { AppExceptionFilter, routeOf, sendError } from './exception.filter.js';
export { JsonInTurns, jsonInTurns } from './json-in-turns.js';
