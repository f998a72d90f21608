import { Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  BOARD_LIMITS,
  type BoardTile,
  type FigureTile,
  LEADERBOARD_MODES,
  type LeaderboardMode,
  type LeaderboardTile,
  type TextTile,
} from '../../../src/shared/boards.js';
import { decimalsOf } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useOrganisationCurrency } from '../people/ui/data.js';
import { type FigureKind, formOf } from '../wallboard/kpi-forms.js';
import { Field } from './field.js';
import { KpiChoice, useBoardKpis } from './kpi-choice.js';

interface Props<T extends BoardTile> {
  tile: T;
  /** @param about what is changed, so that typing is one step to undo */
  onChange: (tile: BoardTile, about: string | null) => void;
}

/** Everything that can be chosen for one tile. */
export function TilePanel({ tile, onChange, onRemove }: Props<BoardTile> & { onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="panel-form">
      <h2>{t(`boards.kinds.${tile.kind}`)}</h2>
      <p className="quiet">{t(`boards.kindHints.${tile.kind}`)}</p>
      <Options tile={tile} onChange={onChange} />
      <Field label={t('boards.editor.heading')} hint={t('boards.editor.headingHint')}>
        {(id) => (
          <Input
            id={id}
            value={tile.title ?? ''}
            maxLength={BOARD_LIMITS.titleLength}
            onChange={({ target }) =>
              onChange({ ...tile, title: target.value.trimStart() || null }, `title ${tile.id}`)
            }
          />
        )}
      </Field>
      <Button danger onClick={onRemove}>
        {t('boards.editor.remove')}
      </Button>
    </div>
  );
}

function Options({ tile, onChange }: Props<BoardTile>): ReactNode {
  const { t } = useTranslation();
  switch (tile.kind) {
    case 'figure':
      return <FigureOptions tile={tile} onChange={onChange} />;
    case 'leaderboard':
      return <LeaderboardOptions tile={tile} onChange={onChange} />;
    case 'text':
      return <TextOptions tile={tile} onChange={onChange} />;
    case 'clock':
      return (
        <Checkbox
          checked={tile.options.date}
          onChange={({ target }) => onChange({ ...tile, options: { date: target.checked } }, null)}
        >
          {t('boards.editor.withDate')}
        </Checkbox>
      );
    default:
      return null;
  }
}

/** A target is typed as people say it: percent, minutes, calls, whole units of money. */
function scaleOf(kind: FigureKind, currency: string | null): number {
  if (kind === 'money' || kind === 'money_per_hour') return 10 ** (currency === null ? 2 : decimalsOf(currency));
  return { fraction: 0.01, duration: 60, count: 1, per_hour: 1 }[kind];
}

function FigureOptions({ tile, onChange }: Props<FigureTile>) {
  const { t } = useTranslation();
  const { options } = tile;
  const { kind } = formOf(options.kpi);
  const change = (part: Partial<FigureTile['options']>, about: string | null = null) =>
    onChange({ ...tile, options: { ...options, ...part } }, about);
  return (
    <>
      <Field label={t('boards.editor.kpi')}>
        {(id) => <KpiChoice id={id} value={options.kpi} onChange={(kpi) => change({ kpi, target: null })} />}
      </Field>
      <Checkbox checked={options.usual} onChange={({ target: box }) => change({ usual: box.checked })}>
        {t('boards.editor.usual')}
      </Checkbox>
      <TargetChoice
        key={options.kpi}
        kind={kind}
        target={options.target}
        onChange={(target) => change({ target }, `target ${tile.id}`)}
      />
    </>
  );
}

type TargetKind = 'none' | 'own' | 'fixed';

interface TargetProps {
  kind: FigureKind;
  target: FigureTile['options']['target'];
  onChange: (target: FigureTile['options']['target']) => void;
}

/** None, the organisation's own, or a number that holds for this tile alone. */
function TargetChoice({ kind, target, onChange }: TargetProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<TargetKind>(typeof target === 'number' ? 'fixed' : (target ?? 'none'));
  const currency = useOrganisationCurrency();
  const scale = scaleOf(kind, currency);
  const value = typeof target === 'number' ? Math.round((target / scale) * 1e6) / 1e6 : null;
  const choose = (next: TargetKind): void => {
    setChosen(next);
    if (next !== 'fixed') onChange(next === 'own' ? 'own' : null);
    else if (target === 'own') onChange(null);
  };
  return (
    <>
      <Field
        label={t('boards.editor.target')}
        hint={t(chosen === 'own' ? 'boards.editor.targetOwnHint' : 'boards.editor.targetHint')}
      >
        {(id) => (
          <Segmented<TargetKind>
            id={id}
            block
            value={chosen}
            options={(['none', 'own', 'fixed'] as const).map((one) => ({
              value: one,
              label: t(`boards.editor.targetKinds.${one}`),
            }))}
            onChange={choose}
          />
        )}
      </Field>
      {chosen === 'fixed' && (
        <InputNumber<number>
          aria-label={t('boards.editor.target')}
          value={value}
          min={0}
          max={BOARD_LIMITS.targetMax / 1e3}
          controls={false}
          suffix={t(`boards.editor.targetUnits.${kind}`)}
          style={{ width: '100%' }}
          onChange={(typed) => onChange(typed !== null && typed > 0 ? typed * scale : null)}
        />
      )}
    </>
  );
}

function LeaderboardOptions({ tile, onChange }: Props<LeaderboardTile>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kpis = useBoardKpis();
  const { options } = tile;
  const change = (part: Partial<LeaderboardTile['options']>, about: string | null = null) =>
    onChange({ ...tile, options: { ...options, ...part } }, about);
  const seconds = [
    { value: '', label: t('common.none') },
    ...kpis.filter(({ id }) => id !== options.kpi).map(({ id, name }) => ({ value: id, label: name[language] })),
  ];
  return (
    <>
      <Field label={t('boards.editor.rankedBy')}>
        {(id) => (
          <KpiChoice
            id={id}
            value={options.kpi}
            onChange={(kpi) => change({ kpi, second: options.second === kpi ? null : options.second })}
          />
        )}
      </Field>
      <Field label={t('boards.editor.mode')} hint={t(`boards.editor.modeHints.${options.mode ?? 'value'}`)}>
        {(id) => (
          <Segmented<LeaderboardMode>
            id={id}
            block
            value={options.mode ?? 'value'}
            options={LEADERBOARD_MODES.map((mode) => ({ value: mode, label: t(`boards.editor.modes.${mode}`) }))}
            onChange={(mode) => change({ mode })}
          />
        )}
      </Field>
      <Field label={t('boards.editor.second')} hint={t('boards.editor.secondHint')}>
        {(id) => (
          <Select
            id={id}
            value={options.second ?? ''}
            options={seconds}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(second: string) => change({ second: second || null })}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Field label={t('boards.editor.top')} hint={t('boards.editor.topHint')}>
        {(id) => (
          <InputNumber<number>
            id={id}
            value={options.top}
            min={BOARD_LIMITS.topMin}
            max={BOARD_LIMITS.topMax}
            precision={0}
            onChange={(top) => top !== null && change({ top }, `top ${tile.id}`)}
          />
        )}
      </Field>
    </>
  );
}

function TextOptions({ tile, onChange }: Props<TextTile>) {
  const { t } = useTranslation();
  const { options } = tile;
  return (
    <>
      <Field label={t('boards.editor.text')} error={options.text.trim() === '' ? t('boards.editor.textMissing') : null}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={options.text}
            rows={4}
            maxLength={BOARD_LIMITS.textLength}
            showCount
            status={options.text.trim() === '' ? 'error' : ''}
            onChange={({ target }) =>
              onChange({ ...tile, options: { ...options, text: target.value } }, `text ${tile.id}`)
            }
          />
        )}
      </Field>
      <Field label={t('boards.editor.size')}>
        {(id) => (
          <Segmented<TextTile['options']['size']>
            id={id}
            block
            value={options.size}
            options={[
              { value: 'small', label: t('boards.editor.sizes.small') },
              { value: 'label', label: t('boards.editor.sizes.label') },
              { value: 'figure', label: t('boards.editor.sizes.figure') },
            ]}
            onChange={(size) => onChange({ ...tile, options: { ...options, size } }, null)}
          />
        )}
      </Field>
    </>
  );
}
