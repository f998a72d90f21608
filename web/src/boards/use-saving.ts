import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BoardDefinition, BoardView } from '../../../src/shared/boards.js';
import { ApiError, getBoard, keepAnswer, updateBoard } from '../api/index.js';
import { BOARDS_KEY, boardKey } from './keys.js';

export interface Saving {
  isPending: boolean;
  /** What was wrong, unless somebody else has changed the board. */
  error: Error | null;
  /** The board as somebody else saved it since; null when there is no conflict. */
  theirs: BoardView | null;
  save: (board: BoardDefinition) => void;
  /** Saves over what somebody else did. */
  keepMine: (board: BoardDefinition) => void;
  /** Goes on from what somebody else did. */
  takeTheirs: () => void;
}

/** Saving with the revision it was made from, so that nobody's work is overwritten without a word. */
export function useSaving(start: BoardView, onSaved: (board: BoardView) => void): Saving {
  const queryClient = useQueryClient();
  const [revision, setRevision] = useState(start.revision);
  const [theirs, setTheirs] = useState<BoardView | null>(null);
  const saving = useMutation({
    mutationFn: ({ board, from }: { board: BoardDefinition; from: number }) =>
      updateBoard(start.id, { ...board, name: board.name.trim(), revision: from }),
    onSuccess: (view) => {
      setRevision(view.revision);
      setTheirs(null);
      onSaved(view);
      keepAnswer(queryClient, boardKey(start.id), view);
      void queryClient.invalidateQueries({ queryKey: BOARDS_KEY, exact: true });
    },
    onError: async (error) => {
      if (isConflict(error)) setTheirs(await getBoard(start.id).catch(() => null));
    },
  });
  return {
    isPending: saving.isPending,
    error: saving.error !== null && !(isConflict(saving.error) && theirs !== null) ? saving.error : null,
    theirs,
    save: (board) => saving.mutate({ board, from: revision }),
    keepMine: (board) => saving.mutate({ board, from: theirs?.revision ?? revision }),
    takeTheirs: () => {
      if (theirs) setRevision(theirs.revision);
      setTheirs(null);
      saving.reset();
    },
  };
}

function isConflict(error: Error): boolean {
  return error instanceof ApiError && error.code === 'board_changed';
}
