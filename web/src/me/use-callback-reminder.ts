import { App } from 'antd';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyCallback } from '../../../src/shared/me.js';
import { useBoardSource, useTicking } from '../live/index.js';
import { dueCount, reminderKey, toRemind } from './due.js';
import { useMyCallbacks } from './use-my-lists.js';

/** What this tab has reminded of, whatever page it went to in between. */
const told = new Set<string>();
const SHOWN_SECONDS = 15;

/** Reminds of each due callback once: on the page, and by the browser where that is allowed. Answers how many are due. */
export function useCallbackReminder(): number {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const { connection } = useBoardSource();
  const callbacks = useMyCallbacks().data?.callbacks;
  const due = useTicking(useCallback((now: number) => dueCount(callbacks ?? [], now), [callbacks]));
  useEffect(() => {
    if (due === 0) return;
    for (const callback of toRemind(callbacks ?? [], connection.now(), told)) {
      told.add(reminderKey(callback));
      const title = t('me.callbacks.remind', { customer: callback.customer ?? t('common.anonymous') });
      notification.warning({
        key: reminderKey(callback),
        title,
        description: callback.note ?? callback.campaign.name,
        duration: SHOWN_SECONDS,
        placement: 'bottomRight',
        role: 'alert',
      });
      notify(title, callback);
    }
  }, [due, callbacks, connection, notification, t]);
  return due;
}

/** A browser can show notifications only on https addresses and on this machine; elsewhere nothing is offered. */
export function mayAskToNotify(): boolean {
  return 'Notification' in window && window.isSecureContext && Notification.permission === 'default';
}

export async function askToNotify(): Promise<void> {
  await Notification.requestPermission();
}

function notify(title: string, callback: MyCallback): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    // A note may be read over a shoulder; the campaign says enough.
    new Notification(title, { body: callback.campaign.name, tag: reminderKey(callback) });
  } catch {
    // Phones show notifications only through a service worker; the page itself has reminded.
  }
}
