export { BoardRepository } from './board.repository.js';
export { BoardService, type BoardSources } from './board.service.js';
export { LiveGateway, type LiveSources } from './live-gateway.js';
