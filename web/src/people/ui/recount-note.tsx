import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { getRecount } from '../../api/index.js';

/** While calls are still being moved after a change for the past: says so, and that figures follow. */
export function RecountNote() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['organisation', 'recount'],
    queryFn: getRecount,
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? 2_000 : false),
  });
  if (!data || data.waiting === 0) return null;
  return <Alert type="info" showIcon role="status" title={t('people.recount', { count: data.waiting })} />;
}
