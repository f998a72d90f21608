import { lazy } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import { SECTIONS } from './sections.js';

const SettingsShell = lazy(() => import('./settings-shell.js').then((m) => ({ default: m.SettingsShell })));

/** `/settings/*`: one route a section, each a chunk of its own. */
export const settingsRoutes: RouteObject = {
  path: '/settings',
  element: <SettingsShell />,
  children: [
    { index: true, element: <Navigate to={SECTIONS[0]?.path ?? '/'} replace /> },
    ...SECTIONS.flatMap(({ path, load, children }) => [
      page(path, load),
      ...(children ?? []).map((child) => page(`${path}/${child.path}`, child.load)),
    ]),
  ],
};

function page(path: string, load: Parameters<typeof lazy>[0]): RouteObject {
  const Page = lazy(load);
  return { path, element: <Page /> };
}
