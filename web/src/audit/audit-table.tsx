import { Button, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditEventView } from '../../../src/shared/audit.js';
import { browserZone } from '../account/browser-zone.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { EntryChanges } from './entry-changes.js';
import { actionText, actorText, subjectText } from './names.js';

interface Props {
  events: AuditEventView[];
  loading: boolean;
  /** Asks for everything about one thing: `team:12`. */
  onSubject: (subject: string) => void;
}

export function AuditTable({ events, loading, onSubject }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ScrollX label={t('audit.title')}>
      <Table<AuditEventView>
        rowKey="seq"
        size="small"
        className="tabular audit-table"
        pagination={false}
        loading={loading}
        dataSource={events}
        locale={{
          emptyText: loading ? ' ' : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.empty')} />,
        }}
        expandable={{
          expandedRowRender: (event) => <EntryChanges event={event} />,
          rowExpandable: ({ before, after }) => before !== null || after !== null,
          columnTitle: <span className="sr-only">{t('common.details')}</span>,
        }}
        columns={[
          {
            title: t('audit.when'),
            render: (_, { at, seq }) => (
              <>
                {formatInstant(at, browserZone(), language)}
                <div className="quiet">{t('audit.number', { seq })}</div>
              </>
            ),
          },
          {
            title: t('audit.what'),
            render: (_, { action, outcome, attempts }) => (
              <span className="audit-what">
                {actionText(action, t)}
                {outcome === 'refused' && <Mark tone="warn">{t('audit.outcomes.refused')}</Mark>}
                {attempts > 1 && <Mark>{t('audit.attempts', { count: attempts })}</Mark>}
              </span>
            ),
          },
          {
            title: t('audit.who'),
            render: (_, { actor }) => (
              <>
                {actorText(actor, t)}
                {actor.address !== null && <div className="quiet">{actor.address}</div>}
              </>
            ),
          },
          {
            title: t('audit.about'),
            render: (_, { subject }) => subject && <Subject subject={subject} onSubject={onSubject} />,
          },
        ]}
      />
    </ScrollX>
  );
}

function Subject({
  subject,
  onSubject,
}: Pick<Props, 'onSubject'> & { subject: NonNullable<AuditEventView['subject']> }) {
  const { t } = useTranslation();
  // Only what the filter takes: kind:id without spaces.
  const asked = `${subject.kind}:${subject.id}`;
  const text = subjectText(subject, t);
  const kind = t(`audit.subjects.${subject.kind}`, { defaultValue: subject.kind });
  return (
    <>
      {/\s/.test(asked) ? (
        <span>{text}</span>
      ) : (
        <Button type="link" className="audit-subject" onClick={() => onSubject(asked)} title={t('audit.onlyThis')}>
          {text}
        </Button>
      )}
      {text !== kind && <div className="quiet">{kind}</div>}
    </>
  );
}
