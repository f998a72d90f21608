/** What constructors ask for: `@Inject(DATABASE)`. Provided once by app.module. */
export const CONFIG = Symbol('Config');
export const CLOCK = Symbol('Clock');
/** `Database` of platform/database. */
export const DATABASE = Symbol('Database');
/** `Keys` of platform/keys. */
export const KEYS = Symbol('Keys');
/** `Logger` of platform/logging. */
export const LOGGER = Symbol('Logger');
/** `Queues` of platform/queue. */
export const QUEUES = Symbol('Queues');
/** `Signals` of platform/signals. */
export const SIGNALS = Symbol('Signals');
