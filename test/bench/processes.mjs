/** Child processes of the bench and what they say. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Starts a server; resolves with its first message ({ port, … }). */
export async function startProcess(script, args) {
  const child = fork(path(script), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit').then(() => {
    throw new Error(`${script} ended before it was ready`);
  });
  const [message] = await Promise.race([once(child, 'message'), exited]);
  exited.catch(() => {});
  return {
    ...message,
    child,
    ask: async (question) => {
      child.send(question);
      return (await once(child, 'message'))[0];
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Runs the load generator to its end. `mode`: `signing` or `prepared` (load-generator.mjs). */
export async function load(port, connections, file, mode, warmUp) {
  const args = [path('load-generator.mjs'), port, connections, file, mode, warmUp].map(String);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The load generator ended with ${code}`);
  return JSON.parse(out);
}
