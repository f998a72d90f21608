export { FloorModule } from './floor.module.js';
