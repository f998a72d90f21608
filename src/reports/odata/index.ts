export { OdataModule } from './odata.module.js';
