import { useSearchParams } from 'react-router';

/** Filters that live in the address: what they are, and how one changes ('' takes it away). */
export function useSearchFilter(): [URLSearchParams, (key: string, value: string) => void] {
  const [search, setSearch] = useSearchParams();
  const change = (key: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(key);
    else next.set(key, value);
    setSearch(next, { replace: true });
  };
  return [search, change];
}
