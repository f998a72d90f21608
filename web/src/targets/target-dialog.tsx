import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  scopeKey,
  TARGET_PERIODS,
  type TargetPeriod,
  type TargetPreviewRequest,
  type TargetView,
} from '../../../src/shared/targets.js';
import { createTarget, getTargets, patchTarget } from '../api/index.js';
import { useOrganisationCurrency } from '../people/ui/data.js';
import { FormDialog } from '../people/ui/form-dialog.js';
import { Implied } from './implied.js';
import { KpiField } from './kpi-field.js';
import { type ScopeDraft, ScopeField, scopeOf } from './scope-field.js';
import { useKpi } from './use-kpi.js';
import { ValueField } from './value-field.js';

interface Values {
  scope: ScopeDraft;
  kpi: string;
  period: TargetPeriod;
  value: number;
  validFrom: string;
  /** '': no end. */
  validUntil: string;
  locked: boolean;
}

interface Props {
  /** Undefined: a new one. */
  target?: TargetView;
  today: string;
  scope?: ScopeDraft;
  onClose: () => void;
}

/** One target, with what it and the others of the same person and period come to beside it. */
export function TargetDialog({ target, today, scope, onClose }: Props) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('people.required') }];
  const initial: Partial<Values> =
    target === undefined
      ? { scope: scope ?? { kind: 'team', id: 0 }, period: 'day', validFrom: today, validUntil: '', locked: false }
      : {
          scope: { kind: target.scope.kind, id: target.scope.kind === 'organisation' ? 0 : target.scope.id },
          kpi: target.kpi,
          period: target.period,
          value: target.value,
          validFrom: target.validFrom,
          validUntil: target.validUntil ?? '',
          locked: target.locked,
        };
  const submit = async ({ validFrom, validUntil, value, locked, ...rest }: Values) => {
    const dates = { validFrom, validUntil: validUntil || null };
    if (target !== undefined) {
      return { result: await patchTarget(target.id, { revision: target.revision, value, locked, ...dates }) };
    }
    const whom = scopeOf(rest.scope) ?? { kind: 'organisation' as const };
    return { result: await createTarget({ ...rest, scope: whom, value, locked, ...dates }) };
  };
  return (
    <FormDialog<Values, TargetView>
      title={target === undefined ? t('targets.create') : t('targets.edit')}
      save={target === undefined ? t('targets.set') : t('people.save')}
      width={680}
      initial={initial}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="scope"
        label={t('targets.whom')}
        rules={[
          {
            validator: (_, chosen: ScopeDraft) =>
              scopeOf(chosen) === null ? Promise.reject(new Error(t('people.required'))) : Promise.resolve(),
          },
        ]}
      >
        {target === undefined ? <ScopeField /> : <Fixed text={target.label || t('targets.scopes.organisation')} />}
      </Form.Item>
      <div className="target-fields">
        <Form.Item name="kpi" label={t('targets.kpi')} extra={t('targets.kpiHelp')} rules={required}>
          <KpiField disabled={target !== undefined} aria-label={t('targets.kpi')} />
        </Form.Item>
        <Form.Item name="period" label={t('targets.period')} rules={required}>
          <Select
            disabled={target !== undefined}
            options={TARGET_PERIODS.map((value) => ({ value, label: t(`targets.periods.${value}`) }))}
          />
        </Form.Item>
      </div>
      <ValueItem currency={target?.currency ?? null} />
      <div className="target-fields">
        <Form.Item name="validFrom" label={t('targets.validFrom')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="validUntil" label={t('targets.validUntil')} extra={t('targets.validUntilHelp')}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="locked" valuePropName="checked" extra={t('targets.lockedHelp')}>
        <Checkbox>{t('targets.locked')}</Checkbox>
      </Form.Item>
      <ImpliedBySet today={today} />
    </FormDialog>
  );
}

function Fixed({ text }: { text: string }) {
  return <strong>{text}</strong>;
}

/** The field changes its unit with the KPI. */
function ValueItem({ currency }: { currency: string | null }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Values>();
  const kpi = useKpi(Form.useWatch('kpi', form) ?? '');
  const own = useOrganisationCurrency();
  return (
    <Form.Item
      name="value"
      label={t('targets.value')}
      rules={[{ required: true, message: t('people.required') }]}
      {...(kpi?.kind === 'ratio' ? { extra: t('targets.rateHelp', { formula: kpi.formula }) } : {})}
    >
      <ValueField unit={kpi?.unit ?? 'count'} currency={currency ?? own} aria-label={t('targets.value')} />
    </Form.Item>
  );
}

/** This one in place of what is there, and the others that hold beside it. */
function ImpliedBySet({ today }: { today: string }) {
  const form = Form.useFormInstance<Values>();
  const { scope, kpi, period, value } = Form.useWatch([], form) ?? {};
  const whom = scope === undefined ? null : scopeOf(scope);
  const key = whom === null ? null : scopeKey(whom);
  const others = useQuery({
    queryKey: ['targets', 'list', { scope: key, period, at: today }],
    queryFn: () => getTargets({ ...(key === null ? {} : { scope: key }), ...(period ? { period } : {}), at: today }),
    enabled: key !== null,
  }).data;
  const set: TargetPreviewRequest['targets'] = [
    ...(kpi && value ? [{ kpi, value }] : []),
    ...(others ?? []).filter((one) => one.kpi !== kpi).map((one) => ({ kpi: one.kpi, value: one.value })),
  ];
  return <Implied set={set} />;
}
