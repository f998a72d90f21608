/** Where the code of the thread that writes files is. A file of its own, so that tests can name another. */
import { fileURLToPath } from 'node:url';

export const THREAD_FILE = fileURLToPath(new URL('./file-thread.js', import.meta.url));
