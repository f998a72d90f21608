import { lazy } from 'react';
import type { RouteObject } from 'react-router';
import { SECTIONS } from './sections.js';

const SettingsShell = lazy(() => import('./settings-shell.js').then((m) => ({ default: m.SettingsShell })));
const FirstSection = lazy(() => import('./first-section.js').then((m) => ({ default: m.FirstSection })));
const NotFound = lazy(() => import('../ui/not-found.js').then((m) => ({ default: m.NotFound })));

/** `/settings/*`: one route a section, each a chunk of its own. */
export const settingsRoutes: RouteObject = {
  path: '/settings',
  element: <SettingsShell />,
  children: [
    { index: true, element: <FirstSection /> },
    ...SECTIONS.flatMap(({ path, load, children }) => [
      page(path, load),
      ...(children ?? []).map((child) => page(`${path}/${child.path}`, child.load)),
    ]),
    { path: '*', element: <NotFound /> },
  ],
};

function page(path: string, load: Parameters<typeof lazy>[0]): RouteObject {
  const Page = lazy(load);
  return { path, element: <Page /> };
}
