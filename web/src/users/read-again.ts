import { useQueryClient } from '@tanstack/react-query';

/** After a change of people: their lists and pages are read again. */
export function useReadAgain(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['users'] });
}
