import { Checkbox, Input, InputNumber, Radio, Segmented, Select, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  BOARD_LANGUAGES,
  BOARD_LIMITS,
  BOARD_THEMES,
  type BoardDefinition,
  type Celebration,
  NAME_PRIVACY,
  TREND_COLOURS,
} from '../../../src/shared/boards.js';
import { decimalsOf } from '../format/index.js';
import { treeOf } from '../people/ui/choices.js';
import { useOrganisationCurrency, useTeams } from '../people/ui/data.js';
import { Field } from './field.js';

interface Props {
  board: BoardDefinition;
  onChange: (part: Partial<BoardDefinition>, about: string | null) => void;
}

const ROTATIONS = [0, 10, 15, 20, 30, 45, 60, 120, 300, 600];

/** What holds for the whole board. */
export function BoardPanel({ board, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="panel-form">
      <Field label={t('boards.name')}>
        {(id) => (
          <Input
            id={id}
            value={board.name}
            maxLength={BOARD_LIMITS.nameLength}
            placeholder={t('wall.title')}
            onChange={({ target }) => onChange({ name: target.value }, 'name')}
          />
        )}
      </Field>
      <Looks board={board} onChange={onChange} />
      <Field label={t('boards.editor.rotation')} hint={t('boards.editor.rotationHint')}>
        {(id) => (
          <Select
            id={id}
            value={board.rotationSeconds}
            options={rotationsWith(board.rotationSeconds).map((seconds) => ({
              value: seconds,
              label: seconds === 0 ? t('boards.editor.noRotation') : t('boards.editor.everySeconds', { seconds }),
            }))}
            onChange={(rotationSeconds) => onChange({ rotationSeconds }, null)}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Sales board={board} onChange={onChange} />
      <Who board={board} onChange={onChange} />
    </div>
  );
}

function Sales({ board: { celebrate }, onChange }: Props) {
  const { t } = useTranslation();
  const currency = useOrganisationCurrency();
  const decimals = currency === null ? 2 : decimalsOf(currency);
  const minor = 10 ** decimals;
  const change = (part: Partial<Celebration>, about: string | null = null) =>
    onChange({ celebrate: { ...celebrate, ...part } }, about);
  return (
    <fieldset className="field">
      <legend>{t('boards.kinds.ticker')}</legend>
      <Checkbox checked={celebrate.on} onChange={({ target }) => change({ on: target.checked })}>
        {t('boards.editor.celebrate')}
      </Checkbox>
      <p className="quiet">{t('boards.editor.celebrateHint')}</p>
      {celebrate.on && (
        <>
          <Checkbox checked={celebrate.sound} onChange={({ target }) => change({ sound: target.checked })}>
            {t('boards.editor.celebrateSound')}
          </Checkbox>
          <Field label={t('boards.editor.celebrateLeast')}>
            {(id) => (
              <InputNumber<number>
                id={id}
                value={celebrate.minAmountMinor / minor}
                min={0}
                max={BOARD_LIMITS.targetMax / minor}
                precision={decimals}
                controls={false}
                disabled={currency === null}
                suffix={currency}
                style={{ width: '100%' }}
                onChange={(typed) => change({ minAmountMinor: Math.round((typed ?? 0) * minor) }, 'celebrate')}
              />
            )}
          </Field>
        </>
      )}
    </fieldset>
  );
}

/** A value set through the API is offered too, so that it is not lost. */
function rotationsWith(seconds: number): number[] {
  return ROTATIONS.includes(seconds) ? ROTATIONS : [...ROTATIONS, seconds].sort((a, b) => a - b);
}

function Looks({ board, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('boards.editor.theme')}>
        {(id) => (
          <Segmented
            id={id}
            block
            value={board.theme}
            options={BOARD_THEMES.map((theme) => ({ value: theme, label: t(`boards.themes.${theme}`) }))}
            onChange={(theme) => onChange({ theme }, null)}
          />
        )}
      </Field>
      <Field label={t('boards.editor.trends')}>
        {(id) => (
          <Select
            id={id}
            value={board.trendColours}
            options={(['organisation', ...TREND_COLOURS] as const).map((value) => ({
              value,
              label: t(`boards.trends.${value}`),
            }))}
            onChange={(trendColours) => onChange({ trendColours }, null)}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Field label={t('boards.editor.language')}>
        {(id) => (
          <Segmented
            id={id}
            block
            value={board.language}
            options={BOARD_LANGUAGES.map((value) => ({ value, label: t(`boards.languages.${value}`) }))}
            onChange={(language) => onChange({ language }, null)}
          />
        )}
      </Field>
    </>
  );
}

function Who({ board, onChange }: Props) {
  const { t } = useTranslation();
  const teams = useTeams();
  return (
    <>
      <Field label={t('boards.editor.teams')} hint={t('boards.editor.teamsHint')}>
        {(id) => (
          <TreeSelect<number[]>
            id={id}
            multiple
            treeData={treeOf(teams)}
            treeDefaultExpandAll
            showSearch={{ treeNodeFilterProp: 'title' }}
            value={board.teams ?? []}
            placeholder={t('boards.wholeOrganisation')}
            onChange={(ids) => onChange({ teams: ids.length > 0 ? ids : null }, null)}
            style={{ width: '100%' }}
          />
        )}
      </Field>
      <Field label={t('boards.editor.names')} hint={t('boards.editor.namesHint')}>
        {(id) => (
          <Segmented
            id={id}
            block
            value={board.names}
            options={NAME_PRIVACY.map((value) => ({ value, label: t(`boards.names.${value}`) }))}
            onChange={(names) => onChange({ names }, null)}
          />
        )}
      </Field>
      <fieldset className="field">
        <legend>{t('boards.editor.audience')}</legend>
        <Radio.Group
          value={board.audience}
          onChange={({ target }) => onChange({ audience: target.value as BoardDefinition['audience'] }, null)}
          options={[
            { value: 'scope', label: t('boards.audiences.scope') },
            { value: 'everyone', label: t('boards.audiences.everyone') },
          ]}
        />
      </fieldset>
    </>
  );
}
