export { BoardService } from './board.service.js';
export { BoardRepository } from './boards/board.repository.js';
export { BoardDirectory } from './boards/board-directory.js';
export { BoardsModule } from './boards/boards.module.js';
export { DayHub } from './day-hub.js';
export { FloorRepository } from './floor/floor.repository.js';
export { FloorService } from './floor/floor.service.js';
export { LiveGateway, type LiveSources } from './live-gateway.js';
