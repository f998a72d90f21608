import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.js';
import { browserNow } from '../../live/clock.js';
import { Mark } from '../../ui/mark.js';
import { formatMoment } from './days.js';
import { TakeBack } from './take-back.js';

interface Props<Version extends { validFrom: string | null }> {
  /** Oldest first. */
  versions: readonly Version[];
  zone: string;
  show: (version: Version) => ReactNode;
  /** Takes back one that is still to come; without it nobody may. */
  onDrop?: (validFrom: string) => Promise<void>;
}

/** What held when, newest first: each change with the moment from which it counts. */
export function Versions<Version extends { validFrom: string | null }>(props: Props<Version>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const newestFirst = props.versions.toReversed();
  const isToCome = ({ validFrom }: Version) => validFrom !== null && Date.parse(validFrom) > browserNow();
  const current = newestFirst.find((version) => !isToCome(version));
  return (
    <ol className="history">
      {newestFirst.map((version) => {
        const { validFrom } = version;
        const toCome = isToCome(version);
        const from =
          validFrom === null
            ? t('people.fromBeginning')
            : t('people.from', { time: formatMoment(validFrom, props.zone, language) });
        return (
          <li key={validFrom ?? 'beginning'} data-state={version === current ? 'current' : toCome ? 'to-come' : 'past'}>
            <div>
              {props.show(version)} {version === current && <Mark tone="good">{t('people.now')}</Mark>}
              {toCome && <Mark tone="live">{t('people.toCome')}</Mark>}
              <div className="quiet">{from}</div>
            </div>
            {props.onDrop && toCome && validFrom !== null && (
              <TakeBack
                label={t('people.takeBack')}
                of={from}
                ask={t('people.takeBackAsk')}
                onConfirm={async () => props.onDrop?.(validFrom)}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}
