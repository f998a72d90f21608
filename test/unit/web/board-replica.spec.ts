/**
 * Proves that a screen following the live protocol ends with exactly the server's state whatever is lost, repeated or
 * reordered on the way, that it never shows a mixture, and that only readers of changed keys are woken.
 */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type DeltaFrame, type LiveState, type SnapshotFrame, stateHash } from '../../../src/shared/live.js';
import { BoardReplica, sameJson } from '../../../web/src/live/replica.js';
import { BoardStore } from '../../../web/src/live/store.js';

const scope = 'board:default' as const;
const stamp = (asOf: number) => ({ scope, asOf, sentAt: asOf });

function snapshot(state: LiveState, seq: number, epoch = 'e1', asOf = seq * 1_000): SnapshotFrame {
  return { ...stamp(asOf), epoch, seq, state: structuredClone(state) };
}

function delta(prevSeq: number, seq: number, set: LiveState, unset: string[] = [], epoch = 'e1'): DeltaFrame {
  return { ...stamp(seq * 1_000), epoch, prevSeq, seq, set: structuredClone(set), unset };
}

const held = (replica: BoardReplica): LiveState =>
  Object.fromEntries([...replica.keys()].map((k) => [k, replica.get(k)]));

describe('BoardReplica', () => {
  test('applies what continues its state and names the keys that changed', () => {
    const replica = new BoardReplica();
    replica.snapshot(snapshot({ 'kpi:dials': 1, 'kpi:connects': 1 }, 1));
    expect(replica.delta(delta(1, 2, { 'kpi:dials': 2, 'kpi:connects': 1 }))).toEqual({
      verdict: 'applied',
      changed: ['kpi:dials'],
    });
    expect(replica.delta(delta(2, 3, {}, ['kpi:connects']))).toEqual({ verdict: 'applied', changed: ['kpi:connects'] });
    expect(held(replica)).toEqual({ 'kpi:dials': 2 });
    expect(replica.last).toEqual({ epoch: 'e1', seq: 3 });
  });

  test('a gap and a foreign epoch change nothing and ask once for a resync', () => {
    for (const frame of [delta(2, 3, { x: 9 }), delta(1, 2, { x: 9 }, [], 'e2')]) {
      const replica = new BoardReplica();
      replica.snapshot(snapshot({ x: 1 }, 1));
      expect(replica.delta(frame)).toEqual({ verdict: 'resync', changed: [] });
      expect(replica.delta(frame).verdict).toBe('ignored');
      expect(held(replica)).toEqual({ x: 1 });
      expect(replica.asOf).toBe(1_000);
      expect(replica.snapshot(snapshot({ x: 9 }, 3)).verdict).toBe('applied');
    }
  });

  test('a delta before any snapshot asks for one', () => {
    expect(new BoardReplica().delta(delta(0, 1, {})).verdict).toBe('resync');
  });

  test('a repeated delta is harmless', () => {
    const replica = new BoardReplica();
    replica.snapshot(snapshot({ x: 1 }, 1));
    replica.delta(delta(1, 2, { x: 2 }));
    replica.delta(delta(2, 3, { x: 3 }));
    expect(replica.delta(delta(1, 2, { x: 2 })).verdict).toBe('ignored');
    expect(held(replica)).toEqual({ x: 3 });
  });

  test('a heartbeat advances the age only of the state it speaks of', () => {
    const replica = new BoardReplica();
    replica.snapshot(snapshot({ x: 1 }, 1));
    replica.heartbeat({ ...stamp(5_000), epoch: 'e1', seq: 1 });
    expect(replica.asOf).toBe(5_000);
    replica.heartbeat({ ...stamp(7_000), epoch: 'e1', seq: 2 });
    expect(replica.asOf).toBe(5_000);
  });

  test('heartbeats that run ahead twice without progress mean a lost frame', () => {
    const replica = new BoardReplica();
    replica.snapshot(snapshot({ x: 1 }, 1));
    expect(replica.heartbeat({ ...stamp(2_000), epoch: 'e1', seq: 2 }).verdict).toBe('ignored');
    replica.delta(delta(1, 2, { x: 2 }));
    expect(replica.heartbeat({ ...stamp(3_000), epoch: 'e1', seq: 3 }).verdict).toBe('ignored');
    expect(replica.heartbeat({ ...stamp(4_000), epoch: 'e1', seq: 4 }).verdict).toBe('resync');
  });

  test('a wrong hash asks for a resync, the right one does not', () => {
    const replica = new BoardReplica();
    replica.snapshot(snapshot({ x: { b: 1, a: [1, null] }, y: 'ä' }, 1));
    const right = stateHash({ y: 'ä', x: { a: [1, null], b: 1 } });
    expect(replica.heartbeat({ ...stamp(2_000), epoch: 'e1', seq: 1, hash: right }).verdict).toBe('applied');
    expect(replica.heartbeat({ ...stamp(3_000), epoch: 'e1', seq: 1, hash: '00000000' }).verdict).toBe('resync');
    expect(replica.asOf).toBe(2_000);
  });

  test('after a new connection a resync can be asked for again', () => {
    const replica = new BoardReplica();
    replica.snapshot(snapshot({ x: 1 }, 1));
    replica.delta(delta(5, 6, {}));
    replica.reconnected();
    expect(replica.delta(delta(5, 6, {})).verdict).toBe('resync');
  });

  test('a snapshot keeps the identity of unchanged values', () => {
    const replica = new BoardReplica();
    replica.snapshot(snapshot({ 'agent:1': { id: 1, dials: 3 }, gone: 1 }, 1));
    const before = replica.get('agent:1');
    const { changed } = replica.snapshot(snapshot({ 'agent:1': { id: 1, dials: 3 }, 'agent:2': { id: 2 } }, 9, 'e2'));
    expect(changed.sort()).toEqual(['agent:2', 'gone']);
    expect(replica.get('agent:1')).toBe(before);
  });

  test('any loss and repetition ends in the server’s state', () => {
    const key = fc.constantFrom('kpi:a', 'kpi:b', 'agent:1', 'agent:2');
    const value = fc.oneof(fc.integer(), fc.constant(null), fc.record({ id: fc.integer(), name: fc.string() }));
    const step = fc.record({
      set: fc.dictionary(key, value, { maxKeys: 3 }),
      unset: fc.uniqueArray(key, { maxLength: 1 }),
      fate: fc.constantFrom('arrives', 'lost', 'twice', 'restart'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let epoch = 1;
        let seq = 1;
        let server: LiveState = {};
        const states = new Map<string, LiveState>([['e1/1', {}]]);
        const replica = new BoardReplica();
        replica.snapshot(snapshot(server, seq));
        const answer = (verdict: string) => {
          if (verdict === 'resync') replica.snapshot(snapshot(server, seq, `e${epoch}`));
        };
        for (const { set, unset, fate } of steps) {
          if (fate === 'restart') {
            epoch++;
            seq = 0;
          }
          server = { ...server, ...set };
          for (const name of unset) delete server[name];
          seq++;
          states.set(`e${epoch}/${seq}`, server);
          const gone = unset.filter((name) => !(name in server));
          const kept = Object.fromEntries(Object.entries(set).filter(([name]) => name in server));
          const frame = delta(seq - 1, seq, kept, gone, `e${epoch}`);
          for (let copies = fate === 'lost' ? 0 : fate === 'twice' ? 2 : 1; copies > 0; copies--)
            answer(replica.delta(frame).verdict);
          // Never a mixture: what is held is one of the states the server had, at the position it is said to be.
          expect(held(replica)).toEqual(states.get(`${replica.last?.epoch}/${replica.last?.seq}`));
        }
        for (let beat = 0; beat < 2; beat++)
          answer(replica.heartbeat({ ...stamp(1e9), epoch: `e${epoch}`, seq }).verdict);
        expect(held(replica)).toEqual(server);
        expect(replica.hash()).toBe(stateHash(server));
      }),
    );
  });
});

describe('BoardStore', () => {
  test('wakes only readers of what changed, once a frame', () => {
    const store = new BoardStore();
    store.snapshot(snapshot({ 'kpi:dials': 1, 'agent:1': { dials: 1 }, 'agent:2': { dials: 0 } }, 1));
    const woken: string[] = [];
    for (const name of ['kpi:dials', 'kpi:connects', 'agent:1', 'agent:2', 'agent:'])
      store.subscribe(name, () => woken.push(name));
    store.delta(delta(1, 2, { 'kpi:dials': 2, 'agent:1': { dials: 2 }, 'agent:2': { dials: 0 } }));
    expect(woken.sort()).toEqual(['agent:', 'agent:1', 'kpi:dials']);
  });

  test('readers see the whole frame, and none after they have left', () => {
    const store = new BoardStore();
    store.snapshot(snapshot({ a: 1, b: 1 }, 1));
    const seen: unknown[] = [];
    const leave = store.subscribe('a', () => seen.push([store.get('a'), store.get('b')]));
    store.delta(delta(1, 2, { a: 2, b: 2 }));
    leave();
    store.delta(delta(2, 3, { a: 3 }));
    expect(seen).toEqual([[2, 2]]);
  });
});

test('sameJson agrees with the comparison of canonical JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(sameJson(a, structuredClone(a))).toBe(true);
      const [left, right] = [stateHash({ v: a }), stateHash({ v: b })];
      if (sameJson(a, b)) expect(left).toBe(right);
      else if (left === right) expect(JSON.stringify(a)).toBe(JSON.stringify(b));
    }),
  );
});
