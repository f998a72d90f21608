export { AppError, type AppErrorOptions } from './app-error.js';
export { ERROR_CATALOGUE, type ErrorCode, type ErrorDefinition, errorDefinition } from './catalogue.js';
export { renderErrorsDocument } from './document.js';
export { type ErrorReply, errorReply } from './reply.js';
