import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getWatchableBoards } from '../api/index.js';

/** Boards to choose from, by name. */
export function useBoardOptions(): { value: string; label: string }[] {
  const { t } = useTranslation();
  const boards = useQuery({ queryKey: ['boards', 'watch'], queryFn: getWatchableBoards, staleTime: 10_000 });
  return (boards.data?.boards ?? []).map(({ id, name }) => ({ value: id, label: name || t('wall.title') }));
}
