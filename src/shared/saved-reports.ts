/**
 * Saved reports: questions kept under a name. What one shows is always the reader's own scope; only the question is
 * shared. All paths under `/api/v1/reports/saved`, `kpis:read`; whoever keeps one is a person (a session, no key).
 *
 * - GET    /            → SavedReportList: one's own, those of teams one sees, those of the organisation
 * - GET    /:id         → SavedReportView; 404 `not_found`, also for what is kept from one
 * - POST   /            SavedReportCreate → 201 SavedReportView
 * - PATCH  /:id         SavedReportPatch → SavedReportView; 403 `saved_report_not_yours` unless own or an administrator's
 * - POST   /:id/copy    SavedReportCopy → 201 SavedReportView: a private one of one's own
 * - DELETE /:id         → 204
 *
 * 400 `saved_report_invalid` (names the field), `kpi_unknown`, `saved_report_team_unknown`; 403 `saved_report_reach`:
 * shared further than one sees oneself; 409 `saved_report_exists`: one's own of that name, `saved_report_limit_reached`.
 */
import type { ReportSource } from './reports.js';

export const SAVED_REPORT_LIMITS = { nameLength: 80, ofOnePerson: 200 } as const;

/**
 * - `private`: whoever keeps it.
 * - `team`: also whoever sees that team (those who lead it or a team above it, and those who see the organisation).
 * - `organisation`: everybody who signs in.
 */
export const SAVED_REPORT_VISIBILITIES = ['private', 'team', 'organisation'] as const;
export type SavedReportVisibility = (typeof SAVED_REPORT_VISIBILITIES)[number];

/** Something of the question this version does not have; the rest of it still works. */
export type SavedReportProblem =
  | { kind: 'kpi_unknown'; id: string }
  /** Made by another version in a form this one cannot read: `source` is null. */
  | { kind: 'unreadable' };

export interface SavedReportView {
  id: number;
  name: string;
  /** Null: an account that is gone. */
  owner: { id: number; name: string } | null;
  own: boolean;
  /** Whether whoever asks may change and delete it. */
  mayChange: boolean;
  visibility: SavedReportVisibility;
  /** With `visibility` team. */
  team: { id: number; name: string } | null;
  source: ReportSource | null;
  problems: SavedReportProblem[];
  createdAt: string;
  updatedAt: string;
}

export interface SavedReportList {
  /** By name. */
  reports: SavedReportView[];
  /** How far whoever asks may share: what the visibilities offer. Keys: none. */
  maySave: SavedReportVisibility[];
}

export interface SavedReportCreate {
  /** 1–80 characters. */
  name: string;
  visibility: SavedReportVisibility;
  /** Needed with `visibility` team, refused otherwise. */
  teamId?: number | null | undefined;
  source: ReportSource;
}

export type SavedReportPatch = Partial<SavedReportCreate>;

export interface SavedReportCopy {
  name: string;
}
