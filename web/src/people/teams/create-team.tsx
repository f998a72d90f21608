import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TeamCreate, TeamView } from '../../../../src/shared/organisation.js';
import { createTeam } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { TeamChoice } from '../ui/choices.js';
import { useSites } from '../ui/data.js';
import { FormDialog } from '../ui/form-dialog.js';

interface Values {
  name: string;
  parentId?: number;
  siteId: number;
}

/** A new team, at the top or below another. */
export function CreateTeam({ under, onClose }: { under: TeamView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const sites = useSites();
  if (sites.length === 0) return null;
  const siteId = under?.site.id ?? sites[0]?.id;
  return (
    <FormDialog<Values, TeamView>
      title={under === null ? t('people.teams.create') : t('people.teams.addBelowOf', { name: under.name })}
      save={t('people.create')}
      initial={{ ...(siteId === undefined ? {} : { siteId }), ...(under === null ? {} : { parentId: under.id }) }}
      submit={({ name, parentId, siteId: site }) => createTeam(bodyOf(name, parentId, site))}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={[{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="parentId" label={t('people.teams.parent')} extra={t('people.teams.parentHelp')}>
        <TeamChoice allowClear />
      </Form.Item>
      <Form.Item name="siteId" label={t('people.site')} extra={t('people.teams.siteHelp')}>
        <Select options={sites.map(({ id, name, timeZone }) => ({ value: id, label: `${name} · ${timeZone}` }))} />
      </Form.Item>
      <AppliesTo to="nothing" text={t('people.teams.createApplies')} />
    </FormDialog>
  );
}

function bodyOf(name: string, parentId: number | undefined, siteId: number): TeamCreate {
  return { name: name.trim(), siteId, parentId: parentId ?? null };
}
