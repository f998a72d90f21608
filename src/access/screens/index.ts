export { ScreenService, SEEN_EVERY_MS } from './screen.service.js';
export { ScreensModule } from './screens.module.js';
