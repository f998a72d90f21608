import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallDetail, CallLegView } from '../../../src/shared/api.js';
import { formatClock, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { browserNow } from '../live/clock.js';
import { ScrollX } from '../ui/scroll-x.js';
import { legLanes } from './call-timeline.js';

/** The legs of a call on one time axis, and as a table. */
export function CallLegs({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const clock = (value: string | null) =>
    value === null ? MISSING : formatClock(Date.parse(value), call.timeZone, language);
  const percent = (share: number) => `${share * 100}%`;
  return (
    <section className="card">
      <h2>{t('call.legs')}</h2>
      <div className="track" aria-hidden="true">
        {legLanes(call.legs, browserNow()).map(({ leg, spans }) => (
          <Lane key={leg.id} name={t(`call.role.${leg.role}`)}>
            {spans.map((span) => (
              <span
                key={span.phase}
                className="track__span"
                data-phase={span.phase}
                style={{ left: percent(span.from), width: percent(span.to - span.from) }}
              />
            ))}
          </Lane>
        ))}
      </div>
      <p className="legend-line quiet" aria-hidden="true">
        <span>
          <i className="track__span" data-phase="ring" />
          {t('calls.ring')}
        </span>
        <span>
          <i className="track__span" data-phase="talk" />
          {t('call.connected')}
        </span>
      </p>
      <ScrollX label={t('call.legs')}>
        <Table<CallLegView>
          rowKey="id"
          size="small"
          className="tabular"
          pagination={false}
          dataSource={call.legs}
          columns={[
            { title: t('call.roleTitle'), render: (_, leg) => t(`call.role.${leg.role}`) },
            { title: t('calls.directionTitle'), dataIndex: 'direction' },
            { title: t('call.from'), render: (_, leg) => leg.from || MISSING },
            { title: t('call.to'), render: (_, leg) => leg.to || MISSING },
            { title: t('call.status'), render: (_, leg) => <code>{leg.status}</code> },
            { title: t('call.initiated'), render: (_, leg) => clock(leg.initiatedAt) },
            { title: t('call.ringing'), render: (_, leg) => clock(leg.ringingAt) },
            { title: t('call.answered'), render: (_, leg) => clock(leg.answeredAt) },
            { title: t('call.ended'), render: (_, leg) => clock(leg.endedAt) },
            { title: t('call.id'), render: (_, leg) => <code>{leg.id}</code> },
          ]}
        />
      </ScrollX>
    </section>
  );
}

function Lane({ name, children }: React.PropsWithChildren<{ name: string }>) {
  return (
    <>
      <span>{name}</span>
      <div className="track__lane">{children}</div>
    </>
  );
}
