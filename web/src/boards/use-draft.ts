import { useCallback, useEffect, useState } from 'react';
import type { BoardDefinition } from '../../../src/shared/boards.js';
import { changed, type Draft, draftOf, redone, undone } from './draft.js';

export interface DraftControl {
  board: BoardDefinition;
  /** Differs from what is saved. */
  isChanged: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** @param about see `changed` of draft.ts */
  change: (next: (board: BoardDefinition) => BoardDefinition, about?: string | null) => void;
  undo: () => void;
  redo: () => void;
  /** What is saved now. */
  saved: (board: BoardDefinition) => void;
}

export function useDraft(initial: BoardDefinition): DraftControl {
  const [draft, setDraft] = useState<Draft>(() => draftOf(initial));
  const [kept, setKept] = useState(initial);
  const change = useCallback<DraftControl['change']>(
    (next, about = null) => setDraft((held) => changed(held, next(held.now), about)),
    [],
  );
  const undo = useCallback(() => setDraft(undone), []);
  const redo = useCallback(() => setDraft(redone), []);
  useUndoKeys(undo, redo);
  return {
    board: draft.now,
    isChanged: draft.now !== kept && JSON.stringify(draft.now) !== JSON.stringify(kept),
    canUndo: draft.past.length > 0,
    canRedo: draft.future.length > 0,
    change,
    undo,
    redo,
    saved: setKept,
  };
}

/** Ctrl or ⌘ with Z, with Shift back again; not while somebody types in a field, which has an undo of its own. */
function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      if (event.target instanceof Element && event.target.closest('input, textarea')) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [undo, redo]);
}
