/**
 * Where the tests of a file run: as Jest's own, and at the end of a file no process of the product that it started goes on. A
 * test or hook that ran out of time leaves one otherwise, which keeps the worker from ending and the machine busy.
 */
import { TestEnvironment } from 'jest-environment-node';

/** What test/support/children.ts keeps its running processes under. */
const CHILDREN = Symbol.for('tallyboard.children');

export default class Environment extends TestEnvironment {
  async teardown() {
    for (const child of this.global[CHILDREN] ?? []) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    }
    await super.teardown();
  }
}
