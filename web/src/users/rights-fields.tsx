import { Checkbox, Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '../../../src/shared/access.js';
import { AgentChoice, TeamsChoice } from '../people/ui/choices.js';

export interface RightsValues {
  role: Role;
  teams: number[];
  agentId: number | null;
  seesNumbers: boolean;
}

/** What somebody may do and whose numbers they see. Each role says what it is. */
export function RightsFields({ agent }: { agent?: { id: number; name: string } | null }) {
  const { t } = useTranslation();
  const role = Form.useWatch<Role | undefined>('role');
  return (
    <>
      <Form.Item name="role" label={t('access.role')}>
        <Radio.Group className="roles">
          {ROLES.map((value) => (
            <Radio key={value} value={value}>
              {t(`access.roles.${value}`)}
              <span className="quiet roles__what">{t(`access.roleHelp.${value}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {role === 'supervisor' && (
        <Form.Item name="teams" label={t('access.teams')} extra={t('access.teamsHelp')}>
          <TeamsChoice placeholder={t('access.chooseTeams')} />
        </Form.Item>
      )}
      <Form.Item name="agentId" label={t('access.agent')} extra={t('access.agentHelp')}>
        <LinkedAgent {...(agent ? { known: agent } : {})} />
      </Form.Item>
      <Form.Item name="seesNumbers" valuePropName="checked" extra={t('access.seesNumbersHelp')}>
        <Checkbox>{t('access.seesNumbers')}</Checkbox>
      </Form.Item>
    </>
  );
}

interface LinkedAgentProps {
  id?: string;
  value?: number | null;
  onChange?: (id: number | null) => void;
  known?: { id: number; name: string };
}

/** The agent somebody is; shown by name, and taken away with one press. */
function LinkedAgent({ id, value, onChange, known }: LinkedAgentProps) {
  const { t } = useTranslation();
  if (known !== undefined && value === known.id) {
    return (
      <div className="linked-agent">
        <span>{known.name}</span>
        <button type="button" className="link-button" onClick={() => onChange?.(null)}>
          {t('access.users.unlink')}
        </button>
      </div>
    );
  }
  return (
    <AgentChoice
      {...(id === undefined ? {} : { id })}
      {...(value === null || value === undefined ? {} : { value })}
      onChange={(chosen) => onChange?.(chosen ?? null)}
    />
  );
}
