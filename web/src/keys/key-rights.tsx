import { Button, Checkbox, Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Permission } from '../../../src/shared/access.js';
import { KEY_SCOPES, KEY_TEAMS_MAX, mayBeOfTeams } from '../../../src/shared/keys.js';
import { TeamsChoice } from '../people/ui/choices.js';
import { useSession } from '../ui/use-session.js';
import { scopeName } from './scope-name.js';

export interface RightsOfKey {
  sees: 'all' | 'teams';
  /** Not there while it sees the whole organisation. */
  teams?: number[];
  scopes: Permission[];
}

/** Of these, what a key of its kind can have. */
export const fitting = (scopes: readonly Permission[], ofTeams: boolean): Permission[] =>
  scopes.filter((scope) => !ofTeams || mayBeOfTeams(scope));

const useIsOfTeams = (): boolean => Form.useWatch<RightsOfKey['sees'] | undefined>('sees') === 'teams';

/** Whose figures, calls and outcomes. */
export function Sight() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="sees" label={t('keys.sees')}>
        <Radio.Group
          options={[
            { value: 'all', label: t('keys.seesAll') },
            { value: 'teams', label: t('keys.seesTeams') },
          ]}
        />
      </Form.Item>
      {useIsOfTeams() && (
        <Form.Item
          name="teams"
          label={t('keys.teams')}
          extra={t('keys.teamsHelp')}
          rules={[
            { required: true, type: 'array', min: 1, message: t('keys.teamsMissing') },
            { type: 'array', max: KEY_TEAMS_MAX, message: t('keys.teamsTooMany', { max: KEY_TEAMS_MAX }) },
          ]}
        >
          <TeamsChoice placeholder={t('people.chooseTeam')} />
        </Form.Item>
      )}
    </>
  );
}

/** What with them. */
export function May() {
  const { t } = useTranslation();
  const ofTeams = useIsOfTeams();
  return (
    <Form.Item
      name="scopes"
      label={t('keys.may')}
      extra={t('keys.mayHelp')}
      dependencies={['sees']}
      rules={[
        {
          required: true,
          validator: (_, scopes: Permission[]) =>
            fitting(scopes, ofTeams).length > 0 ? Promise.resolve() : Promise.reject(new Error(t('keys.mayMissing'))),
        },
      ]}
    >
      <Scopes ofTeams={ofTeams} />
    </Form.Item>
  );
}

interface ScopesProps {
  ofTeams: boolean;
  value?: Permission[];
  onChange?: (scopes: Permission[]) => void;
}

/** Only what the person themself may do: a key is never given more. */
function Scopes({ ofTeams, value = [], onChange }: ScopesProps) {
  const { t } = useTranslation();
  const session = useSession();
  const own = KEY_SCOPES.filter((scope) => session.data?.user.permissions.includes(scope));
  const reading = fitting(own, ofTeams).filter((scope) => scope.endsWith(':read'));
  return (
    <>
      <Button size="small" onClick={() => onChange?.(reading)}>
        {t('keys.allReading')}
      </Button>
      {ofTeams && <p className="quiet key-cannot">{t('keys.teamsCannot')}</p>}
      <Checkbox.Group<Permission>
        className="key-choice"
        value={fitting(value, ofTeams)}
        onChange={(scopes) => onChange?.(scopes)}
        options={own.map((scope) => ({
          value: scope,
          label: <span title={scope}>{t(scopeName(scope))}</span>,
          disabled: ofTeams && !mayBeOfTeams(scope),
        }))}
      />
    </>
  );
}
