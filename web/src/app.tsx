import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createBrowserRouter, Outlet, RouterProvider } from 'react-router';
import { createQueryClient, signInPath } from './api/index.js';
import { wantAreas } from './i18n/index.js';
import { settingsRoutes } from './settings/routes.js';
import { Loading } from './ui/loading.js';
import { RouteFailure } from './ui/route-failure.js';
import { ScrollMemory } from './ui/scroll-memory.js';

// Each screen is a chunk of its own. The wallboard's has no Ant Design in it: a TV loads it over any line.
const Wallboard = lazy(() => import('./wallboard/wallboard.js').then((m) => ({ default: m.Wallboard })));
const Tv = lazy(() => import('./screens/tv.js').then((m) => ({ default: m.Tv })));
const desk = async () => (await Promise.all([import('./ui/desk-shell.js'), wantAreas()]))[0];
const DeskShell = lazy(() => desk().then((m) => ({ default: m.DeskShell })));
const BarePage = lazy(() => desk().then((m) => ({ default: m.BarePage })));
const SignIn = lazy(() => import('./sign-in/sign-in.js').then((m) => ({ default: m.SignIn })));
const Welcome = lazy(() => import('./sign-in/welcome.js').then((m) => ({ default: m.Welcome })));
const Account = lazy(() => import('./account/account.js').then((m) => ({ default: m.Account })));
const Home = lazy(() => import('./home/home.js').then((m) => ({ default: m.Home })));
const Calls = lazy(() => import('./calls/calls.js').then((m) => ({ default: m.Calls })));
const CallPage = lazy(() => import('./calls/call-page.js').then((m) => ({ default: m.CallPage })));
const Outcomes = lazy(() => import('./outcomes/outcome-list.js').then((m) => ({ default: m.Outcomes })));
const OutcomePage = lazy(() => import('./outcomes/outcome-page.js').then((m) => ({ default: m.OutcomePage })));
const Kpis = lazy(() => import('./kpis/kpis.js').then((m) => ({ default: m.Kpis })));
const Exports = lazy(() => import('./exports/export-page.js').then((m) => ({ default: m.Exports })));
const Floor = lazy(() => import('./floor/floor.js').then((m) => ({ default: m.Floor })));
const Begin = lazy(() => import('./sign-in/begin.js').then((m) => ({ default: m.Begin })));
const MyDay = lazy(() => import('./me/my-day.js').then((m) => ({ default: m.MyDay })));
const Compare = lazy(() => import('./compare/compare.js').then((m) => ({ default: m.Compare })));
const Explore = lazy(() => import('./reports/explore/explore.js').then((m) => ({ default: m.Explore })));
const ReportsHome = lazy(() => import('./reports/ready/reports-home.js').then((m) => ({ default: m.ReportsHome })));
const ReadyReport = lazy(() => import('./reports/ready/ready-report.js').then((m) => ({ default: m.ReadyReport })));
const Schedules = lazy(() => import('./schedules/schedules.js').then((m) => ({ default: m.Schedules })));
const PackPage = lazy(() => import('./schedules/pack-page.js').then((m) => ({ default: m.PackPage })));
const BoardEditor = lazy(() => import('./boards/editor.js').then((m) => ({ default: m.BoardEditor })));
const NotFound = lazy(() => import('./ui/not-found.js').then((m) => ({ default: m.NotFound })));

function Root() {
  return (
    <Suspense fallback={<Loading />}>
      <Outlet />
      <ScrollMemory />
    </Suspense>
  );
}

const router = createBrowserRouter([
  {
    element: <Root />,
    errorElement: <RouteFailure />,
    children: [
      { path: '/wall/:board', element: <Wallboard /> },
      { path: '/tv', element: <Tv /> },
      {
        element: <BarePage />,
        children: [
          { path: '/sign-in', element: <SignIn /> },
          { path: '/welcome', element: <Welcome /> },
          { path: '/pack', element: <PackPage /> },
        ],
      },
      {
        element: <DeskShell />,
        children: [
          { path: '/', element: <Home /> },
          { path: '/floor', element: <Floor /> },
          { path: '/begin', element: <Begin /> },
          { path: '/me', element: <MyDay /> },
          { path: '/calls', element: <Calls /> },
          { path: '/calls/:id', element: <CallPage /> },
          { path: '/outcomes', element: <Outcomes /> },
          { path: '/outcomes/:id', element: <OutcomePage /> },
          { path: '/kpis', element: <Kpis /> },
          { path: '/schedules', element: <Schedules /> },
          { path: '/compare', element: <Compare /> },
          { path: '/exports', element: <Exports /> },
          { path: '/reports', element: <ReportsHome /> },
          { path: '/reports/explore', element: <Explore /> },
          { path: '/reports/ready/:id', element: <ReadyReport /> },
          { path: '/account', element: <Account /> },
          { path: '/boards/:id/edit', element: <BoardEditor /> },
          settingsRoutes,
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);

const queryClient = createQueryClient(() => {
  const { pathname, search } = router.state.location;
  if (pathname !== '/sign-in') void router.navigate(signInPath(pathname + search), { replace: true });
});

export function App() {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>
  );
}
