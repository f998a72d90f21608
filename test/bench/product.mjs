/** The product in a process of its own, as `tallyboard start` runs it. argv: data directory, public URL, token, API key. */
import { startServer } from '../../dist/server/main.js';
import { createLogger, loadConfig } from '../../dist/server/platform/index.js';

const [dataDir, publicUrl, token, apiKey] = process.argv.slice(2);
const begun = performance.now();
const config = loadConfig({
  PORT: '0',
  DATA_DIR: dataDir,
  PUBLIC_URL: publicUrl,
  TWILIO_AUTH_TOKEN: token,
  API_KEY: apiKey,
});
const server = await startServer(config, { log: createLogger({ level: 'error', pretty: false }) });
process.send?.({ port: Number(new URL(server.url).port), startMs: performance.now() - begun });
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage().rss });
});
let closing = false;
process.on('SIGTERM', () => {
  if (closing) return;
  closing = true;
  server.close().then(() => process.exit(0));
});
