import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Changed } from '../../../../src/shared/organisation.js';
import {
  SAVED_REPORT_LIMITS,
  type SavedReportCreate,
  type SavedReportView,
  type SavedReportVisibility,
} from '../../../../src/shared/saved-reports.js';
import { TeamChoice } from '../../people/ui/choices.js';
import { FormDialog } from '../../people/ui/form-dialog.js';

export type SaveValues = Pick<SavedReportCreate, 'name' | 'visibility' | 'teamId'>;

interface Props {
  title: string;
  save: string;
  initial?: Partial<SaveValues>;
  /** How far this person may share. */
  offered: readonly SavedReportVisibility[];
  submit: (values: SaveValues) => Promise<SavedReportView>;
  onClose: () => void;
  onDone?: (report: SavedReportView) => void;
}

/** A name and who else sees it. Whoever opens it sees their own figures. */
export function SaveDialog({ title, save, initial, offered, submit, onClose, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <FormDialog<SaveValues, SavedReportView>
      title={title}
      save={save}
      initial={{ visibility: 'private', ...initial }}
      submit={async ({ name, visibility, teamId }): Promise<Changed<SavedReportView>> => ({
        result: await submit({
          name: name.trim(),
          visibility,
          teamId: visibility === 'team' ? (teamId ?? null) : null,
        }),
      })}
      onClose={onClose}
      {...(onDone ? { onDone } : {})}
    >
      <Form.Item
        name="name"
        label={t('reports.saved.name')}
        rules={[{ required: true, whitespace: true, message: t('reports.saved.nameMissing') }]}
      >
        <Input autoFocus autoComplete="off" maxLength={SAVED_REPORT_LIMITS.nameLength} />
      </Form.Item>
      {offered.length > 1 && (
        <Form.Item name="visibility" label={t('reports.saved.visibility')}>
          <Radio.Group
            vertical
            options={offered.map((value) => ({ value, label: t(`reports.saved.visibilities.${value}`) }))}
          />
        </Form.Item>
      )}
      <Form.Item<SaveValues> noStyle shouldUpdate={(before, now) => before.visibility !== now.visibility}>
        {({ getFieldValue }) =>
          getFieldValue('visibility') === 'team' && (
            <Form.Item
              name="teamId"
              label={t('reports.saved.team')}
              extra={t('reports.saved.teamHelp')}
              rules={[{ required: true, message: t('reports.saved.teamMissing') }]}
            >
              <TeamChoice />
            </Form.Item>
          )
        }
      </Form.Item>
      <p className="quiet">{t('reports.saved.ownFigures')}</p>
    </FormDialog>
  );
}
