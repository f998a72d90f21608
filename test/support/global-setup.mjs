export { setup as default } from './postgres-server.mjs';
