import { Button, Progress, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExportState, ExportView } from '../../../src/shared/exports.js';
import { browserZone } from '../account/browser-zone.js';
import { formatCount, MISSING } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { formatMoment } from '../people/ui/days.js';
import { TakeBack } from '../people/ui/take-back.js';
import { sentences } from '../ui/error-words.js';
import { Mark, type Tone } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useMay, useOrganisationZone } from '../ui/use-session.js';
import { restartText } from './export-notices.js';
import { fileSize } from './file-size.js';
import { useSourceText } from './source-text.js';
import { isOpen } from './use-exports.js';

/** Columns a phone has no room for: what it is, how far it is and what can be done come first. */
const WIDE = ['md' as const];

const TONES: Record<ExportState, Tone> = {
  waiting: 'plain',
  running: 'live',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
  expired: 'plain',
};

interface Props {
  exports: ExportView[];
  showsMaker: boolean;
  onDownload: (id: string) => Promise<void>;
  onCancel: (id: string) => Promise<void>;
  onDelete: (id: string) => Promise<void>;
}

export function ExportTable({ exports, showsMaker, ...actions }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const organisation = useOrganisationZone();
  const zone = organisation ?? browserZone();
  const moment = (at: string | null) => (at === null ? MISSING : formatMoment(at, zone, language));
  return (
    <ScrollX label={t('exports.title')}>
      <Table<ExportView>
        rowKey="id"
        size="middle"
        className="tabular"
        pagination={exports.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        dataSource={exports}
        columns={[
          { title: t('exports.what'), render: (_, one) => <What of={one} /> },
          {
            title: t('exports.by'),
            hidden: !showsMaker,
            className: 'exports__by',
            render: (_, { maker }) => (
              <span className="exports__maker">
                {maker.name ?? (maker.id === null ? t('exports.bootstrapKey') : `#${maker.id}`)}
              </span>
            ),
          },
          {
            title: t('exports.asked'),
            responsive: WIDE,
            render: (_, one) => <span className="exports__at">{moment(one.createdAt)}</span>,
          },
          { title: t('exports.state'), className: 'exports__states', render: (_, one) => <State of={one} /> },
          {
            title: t('exports.rows'),
            className: 'exports__at',
            responsive: WIDE,
            align: 'right',
            render: (_, one) => (isOpen(one) || one.bytes === null ? MISSING : formatCount(one.rows, language)),
          },
          {
            title: t('exports.size'),
            className: 'exports__at',
            responsive: WIDE,
            align: 'right',
            render: (_, { bytes }) => (bytes === null ? MISSING : fileSize(bytes, language)),
          },
          {
            title: t('exports.kept'),
            className: 'exports__kept',
            responsive: WIDE,
            render: (_, one) => (
              <span className="exports__at">{one.state === 'done' ? moment(one.expiresAt) : MISSING}</span>
            ),
          },
          {
            title: <span className="sr-only">{t('exports.actions')}</span>,
            className: 'exports__doing',
            render: (_, one) => <Actions of={one} {...actions} />,
          },
        ]}
      />
    </ScrollX>
  );
}

function What({ of: one }: { of: ExportView }) {
  const { t } = useTranslation();
  const sourceText = useSourceText();
  return (
    <>
      <b>{sourceText(one.source)}</b> <span className="exports__format">{one.format.toUpperCase()}</span>
      {one.fileName !== null && <div className="quiet exports__file">{one.fileName}</div>}
      {one.numbers === 'full' && (
        <div>
          <Mark tone="warn">{t('exports.fullNumbers')}</Mark>
        </div>
      )}
    </>
  );
}

function State({ of: one }: { of: ExportView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const { rows, rowsExpected } = one;
  const share = rowsExpected === null || rowsExpected === 0 ? null : Math.floor((rows / rowsExpected) * 100);
  return (
    <div className="exports__state">
      <Mark tone={TONES[one.state]}>{t(`exports.states.${one.state}`)}</Mark>
      {one.state === 'running' && (
        <>
          <Progress percent={share ?? 0} showInfo={share !== null} size="small" aria-label={t('exports.progress')} />
          <span className="quiet">
            {rowsExpected === null
              ? t('exports.preparing')
              : t('exports.rowsFrom', { rows: formatCount(rows, language), all: formatCount(rowsExpected, language) })}
          </span>
        </>
      )}
      {restartText(one, t).map((text) => (
        <span key={text} className="quiet">
          {text}
        </span>
      ))}
      {one.error !== null && (
        <span className="quiet">
          {sentences(localised(one.error.message), one.error.fix ? localised(one.error.fix) : null)}
        </span>
      )}
    </div>
  );
}

function Actions({
  of: one,
  onDownload,
  onCancel,
  onDelete,
}: { of: ExportView } & Pick<Props, 'onDownload' | 'onCancel' | 'onDelete'>) {
  const { t } = useTranslation();
  const sourceText = useSourceText();
  const mayEnd = useMay('settings:write') || one.mine;
  const name = sourceText(one.source);
  return (
    <div className="exports__actions">
      {one.state === 'done' && one.mine && (
        <Button
          type="primary"
          size="small"
          aria-label={`${t('exports.download')}: ${name}`}
          onClick={() => void onDownload(one.id)}
        >
          {t('exports.download')}
        </Button>
      )}
      {isOpen(one) && mayEnd && (
        <Button size="small" aria-label={`${t('exports.cancel')}: ${name}`} onClick={() => void onCancel(one.id)}>
          {t('exports.cancel')}
        </Button>
      )}
      {!isOpen(one) && mayEnd && (
        <TakeBack
          label={t('exports.delete')}
          ask={t('exports.deleteAsk')}
          of={name}
          onConfirm={() => onDelete(one.id)}
        />
      )}
    </div>
  );
}
