/** Query keys of boards. */
export const BOARDS_KEY = ['boards'];
export const boardKey = (id: string): string[] => ['boards', 'one', id];
