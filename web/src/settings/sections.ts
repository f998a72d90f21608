import type { ComponentType } from 'react';
import type { Permission } from '../../../src/shared/access.js';

/** A page under /settings. `label` is a message key; without the permission the page is not offered. */
export interface SettingsSection {
  path: string;
  label: string;
  group: 'people' | 'screens' | 'security';
  permission: Permission | null;
  load: () => Promise<{ default: ComponentType }>;
  /** Sub-pages, e.g. `:id`. */
  children?: { path: string; load: () => Promise<{ default: ComponentType }> }[];
  /** Shown beside the label while it is not 0: how many things wait on this page. */
  count?: { queryKey: readonly string[]; read: () => Promise<number> };
}

/** In the order of the menu. Each area adds its own lines. */
export const SECTIONS: readonly SettingsSection[] = [];
