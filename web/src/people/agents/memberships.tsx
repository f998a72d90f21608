import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgentDetail, MembershipCreate } from '../../../../src/shared/organisation.js';
import { dropMembership, moveAgent } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { TeamChoice } from '../ui/choices.js';
import { useChange, useZone } from '../ui/data.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FromWhen } from '../ui/from-when.js';
import { Section } from '../ui/section.js';
import { Versions } from '../ui/versions.js';

/** Where the agent belonged when. A call counts for the team of its moment, so moving rewrites nothing. */
export function Memberships({ agent, mayWrite }: { agent: AgentDetail; mayWrite: boolean }) {
  const { t } = useTranslation();
  const zone = useZone(agent.team.id);
  const change = useChange();
  const [moving, setMoving] = useState(false);
  const mayMove = mayWrite && agent.status !== 'new';
  return (
    <Section
      title={t('people.memberships.title')}
      text={t(agent.status === 'new' ? 'people.memberships.textNew' : 'people.memberships.text')}
      actions={mayMove && <Button onClick={() => setMoving(true)}>{t('people.memberships.move')}</Button>}
    >
      <Versions
        versions={agent.memberships}
        zone={zone}
        show={({ team }) => <Link to={`/settings/teams/${team.id}`}>{team.name}</Link>}
        {...(mayWrite ? { onDrop: (from: string) => change(() => dropMembership(agent.id, from)) } : {})}
      />
      {moving && (
        <FormDialog<MembershipCreate, AgentDetail>
          title={t('people.memberships.moveOf', { name: agent.name })}
          save={t('people.memberships.move')}
          submit={(values) => moveAgent(agent.id, values)}
          onClose={() => setMoving(false)}
        >
          <Form.Item
            name="teamId"
            label={t('people.memberships.to')}
            rules={[{ required: true, message: t('people.required') }]}
          >
            <TeamChoice />
          </Form.Item>
          <Form.Item name="validFrom" label={t('people.fromWhen.title')}>
            <FromWhen zone={zone} />
          </Form.Item>
          <AppliesTo to="from then on" text={t('people.memberships.applies')} />
        </FormDialog>
      )}
    </Section>
  );
}
