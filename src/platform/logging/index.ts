export { createLogger, type Logger, silentLogger } from './logger.js';
export { NestLogger } from './nest-logger.js';
