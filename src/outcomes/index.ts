export { outcomesModule } from './outcomes.module.js';
