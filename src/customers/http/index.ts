export { customerListsModule } from '../customer-lists.module.js';
