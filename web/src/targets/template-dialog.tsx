import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Radio, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TargetTemplate, TargetView } from '../../../src/shared/targets.js';
import { getTargetTemplates, setTargets } from '../api/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { FormDialog } from '../people/ui/form-dialog.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { Implied } from './implied.js';
import { useTargetKpis } from './kpis.js';
import { type ScopeDraft, ScopeField, scopeOf } from './scope-field.js';
import { useKpiName } from './use-kpi.js';
import { targetText } from './values.js';

interface Values {
  template: string;
  scope: ScopeDraft;
  validFrom: string;
}

/** A proven set at once: which, for whom, from when; and what it comes to. */
export function TemplateDialog({ today, onClose }: { today: string; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const {
    data: templates,
    error,
    refetch,
  } = useQuery({
    queryKey: ['targets', 'templates'],
    queryFn: getTargetTemplates,
  });
  if (templates === undefined) {
    return (
      <Modal open getContainer=".desk" title={t('targets.templates.use')} footer={null} onCancel={onClose}>
        {error ? <ErrorView error={error} onRetry={() => void refetch()} /> : <Spin aria-label={t('common.loading')} />}
      </Modal>
    );
  }
  return (
    <FormDialog<Values, TargetView[]>
      title={t('targets.templates.use')}
      save={t('targets.set')}
      width={680}
      initial={{ template: templates[0]?.id ?? '', scope: { kind: 'agent', id: 0 }, validFrom: today }}
      submit={async ({ template, scope, validFrom }) => {
        const chosen = templates.find(({ id }) => id === template);
        const whom = scopeOf(scope) ?? { kind: 'organisation' as const };
        const batch = (chosen?.targets ?? []).map((target) => ({ ...target, scope: whom, validFrom }));
        return { result: (await setTargets({ targets: batch })).targets };
      }}
      onClose={onClose}
    >
      <Form.Item name="template" label={t('targets.templates.which')}>
        <Radio.Group className="template-choice">
          {templates.map((template) => (
            <Radio key={template.id} value={template.id}>
              <TemplateText template={template} />
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="scope"
        label={t('targets.whom')}
        extra={t('targets.templates.replaces')}
        rules={[
          {
            validator: (_, chosen: ScopeDraft) =>
              scopeOf(chosen) === null ? Promise.reject(new Error(t('people.required'))) : Promise.resolve(),
          },
        ]}
      >
        <ScopeField />
      </Form.Item>
      <Form.Item name="validFrom" label={t('targets.validFrom')} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <ImpliedByTemplate templates={templates} />
    </FormDialog>
  );
}

function TemplateText({ template }: { template: TargetTemplate }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const name = useKpiName();
  const kpis = useTargetKpis();
  const one = ({ kpi, period, value }: TargetTemplate['targets'][number]) => {
    const unit = kpis.find(({ id }) => id === kpi)?.unit ?? 'count';
    return `${name(kpi)} ${targetText(value, unit, null, language)} / ${t(`targets.periods.${period}`)}`;
  };
  return (
    <span>
      <strong>{localised(template.name)}</strong>
      <br />
      {template.targets.map(one).join(' · ')}
      <br />
      <span className="quiet">{localised(template.explanation)}</span>
    </span>
  );
}

function ImpliedByTemplate({ templates }: { templates: TargetTemplate[] }) {
  const form = Form.useFormInstance<Values>();
  const chosen = Form.useWatch('template', form);
  const set = templates.find(({ id }) => id === chosen)?.targets ?? [];
  return <Implied set={set.map(({ kpi, value }) => ({ kpi, value }))} />;
}
