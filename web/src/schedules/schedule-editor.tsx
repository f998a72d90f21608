import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type MadeSchedule,
  SCHEDULE_FORMATS,
  type ScheduleInput,
  type ScheduleView,
} from '../../../src/shared/schedules.js';
import { createSchedule, getSchedules, patchSchedule, upcomingTimes } from '../api/index.js';
import { listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { formatMoment } from '../people/ui/days.js';
import { FormDialog } from '../people/ui/form-dialog.js';
import { ZoneSelect } from '../people/ui/zone-select.js';
import { DestinationsField } from './destinations-field.js';
import { PackLinkField } from './pack-link-field.js';
import { PreviewDialog } from './preview-dialog.js';
import { RhythmField } from './rhythm-field.js';
import { SourcesField } from './sources-field.js';
import type { Draft } from './templates.js';
import { useRhythmText, useWorkingDaysText } from './use-words.js';
import './schedules.css';

interface Props {
  /** What is there, or what a new one begins with. */
  schedule?: ScheduleView;
  draft?: Draft;
  onClose: () => void;
  onDone?: (made: MadeSchedule) => void;
}

const inputOf = ({
  name,
  sources,
  format,
  language,
  rhythm,
  zone,
  zoneOfOrganisation,
  ...rest
}: ScheduleView): ScheduleInput => ({
  name,
  sources,
  format,
  language,
  rhythm,
  zone: zoneOfOrganisation ? null : zone,
  workingDaysOnly: rest.workingDaysOnly,
  packLink: rest.packLink,
  packLinkUses: rest.packLinkUses,
  active: rest.active,
  destinations: rest.destinations.map(({ id, kind, to, link, file }) => ({
    id,
    kind,
    link,
    file,
    ...(to === null ? {} : { to }),
  })),
});

/** A pack: which reports, when, as what, to whom; with the next times and a preview before anything is kept. */
export function ScheduleEditor({ schedule, draft, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [previewed, setPreviewed] = useState<ScheduleInput>();
  const list = useQuery({ queryKey: ['schedules'], queryFn: getSchedules, staleTime: 30_000 }).data;
  const initial: Partial<ScheduleInput> = schedule === undefined ? { ...draft } : inputOf(schedule);
  const submit = async (values: ScheduleInput) => {
    const whole = { ...values, active: schedule?.active ?? true };
    if (schedule === undefined) return { result: await createSchedule(whole) };
    return { result: await patchSchedule(schedule.id, { ...whole, revision: schedule.revision }) };
  };
  const required = [{ required: true, message: t('people.required') }];
  return (
    <>
      <FormDialog<ScheduleInput, MadeSchedule>
        title={t(schedule === undefined ? 'schedules.create' : 'schedules.edit')}
        save={t('people.save')}
        width={760}
        initial={initial}
        submit={submit}
        onClose={onClose}
        {...(onDone === undefined ? {} : { onDone })}
      >
        <Form.Item name="name" label={t('schedules.name')} rules={required}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="sources" label={t('schedules.reports')} rules={required}>
          <SourcesField />
        </Form.Item>
        <Form.Item name="rhythm" label={t('schedules.when')} rules={required}>
          <RhythmField />
        </Form.Item>
        <div className="schedule-row schedule-row--fields">
          <Form.Item name="zone" label={t('schedules.zone')}>
            <ZoneField organisation={list?.zone ?? ''} />
          </Form.Item>
          <Form.Item name="workingDaysOnly" valuePropName="checked">
            <WorkingDays />
          </Form.Item>
        </div>
        <Upcoming />
        <div className="schedule-row">
          <Form.Item name="format" label={t('schedules.format')}>
            <Segmented options={SCHEDULE_FORMATS.map((value) => ({ value, label: value.toUpperCase() }))} />
          </Form.Item>
          <Form.Item name="language" label={t('schedules.language')}>
            <Segmented
              options={[
                { value: 'zh', label: t('schedules.languages.zh') },
                { value: 'en', label: t('schedules.languages.en') },
              ]}
            />
          </Form.Item>
        </div>
        <Destinations schedule={schedule} mail={list?.mail ?? true} links={list?.links ?? true} />
        {list?.links === false ? <p className="schedule-warning">{t('schedules.noLinks')}</p> : <PackLinkField />}
        <PreviewButton onPreview={setPreviewed} />
      </FormDialog>
      {previewed && <PreviewDialog schedule={previewed} onClose={() => setPreviewed(undefined)} />}
    </>
  );
}

interface WorkingDaysProps {
  id?: string;
  checked?: boolean;
  onChange?: (event: { target: { checked: boolean } }) => void;
}

function WorkingDays({ id, checked = false, onChange }: WorkingDaysProps) {
  const text = useWorkingDaysText();
  const form = Form.useFormInstance<ScheduleInput>();
  const every = Form.useWatch('rhythm', form)?.every;
  return (
    <Checkbox {...(id === undefined ? {} : { id })} checked={checked} onChange={(event) => onChange?.(event)}>
      {text(every)}
    </Checkbox>
  );
}

interface DestinationsProps {
  schedule: ScheduleView | undefined;
  mail: boolean;
  /** Whether messages have links here. */
  links: boolean;
}

/** The field speaks the language of the pack in its test messages. */
function Destinations({ schedule, mail, links }: DestinationsProps) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ScheduleInput>();
  const language = Form.useWatch('language', form) ?? 'en';
  const packLink = Form.useWatch('packLink', form);
  const rules = [{ required: true, message: t('schedules.destinationNeeded') }];
  return (
    <Form.Item name="destinations" label={t('schedules.destinations')} rules={rules}>
      <DestinationsField
        kept={schedule?.destinations ?? []}
        language={language}
        mail={mail}
        links={links && packLink !== 'none'}
        {...(schedule === undefined ? {} : { schedule: schedule.id })}
      />
    </Form.Item>
  );
}

function PreviewButton({ onPreview }: { onPreview: (schedule: ScheduleInput) => void }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ScheduleInput>();
  const sources = Form.useWatch('sources', form) ?? [];
  const preview = () => {
    const values = form.getFieldsValue(true) as ScheduleInput;
    const destinations = values.destinations.map(({ kind, link = false }) => ({ kind, link }));
    onPreview({ ...values, name: values.name?.trim() || t('schedules.unnamed'), destinations, active: false });
  };
  return (
    <Button disabled={sources.length === 0} onClick={preview}>
      {t('schedules.preview')}
    </Button>
  );
}

interface ZoneProps {
  id?: string;
  organisation: string;
  value?: string | null;
  onChange?: (zone: string | null) => void;
}

/** The organisation's, unless another is chosen. */
function ZoneField({ id, organisation, value, onChange }: ZoneProps) {
  const { t } = useTranslation();
  if (value === null || value === undefined) {
    return (
      <Select<'own' | 'other'>
        {...(id === undefined ? {} : { id })}
        value="own"
        popupMatchSelectWidth={false}
        onChange={(chosen) => chosen === 'other' && onChange?.(organisation || 'UTC')}
        options={[
          { value: 'own', label: t('schedules.zoneOfOrganisation', { zone: organisation }) },
          { value: 'other', label: t('schedules.otherZone') },
        ]}
      />
    );
  }
  return (
    <div className="schedule-row">
      <ZoneSelect {...(id === undefined ? {} : { id })} value={value} onChange={(zone) => onChange?.(zone)} />
      <Button onClick={() => onChange?.(null)}>{t('schedules.asOrganisation')}</Button>
    </div>
  );
}

/** "Every Monday at 08:30. Next: …" */
function Upcoming() {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = useRhythmText();
  const form = Form.useFormInstance<ScheduleInput>();
  const { rhythm, zone = null, workingDaysOnly = false } = Form.useWatch([], form) ?? {};
  const next = useQuery({
    queryKey: ['schedules', 'upcoming', rhythm, zone, workingDaysOnly],
    queryFn: () => (rhythm ? upcomingTimes({ rhythm, zone, workingDaysOnly }) : Promise.reject(new Error('no rhythm'))),
    enabled: rhythm !== undefined,
    placeholderData: (before) => before,
  }).data;
  if (rhythm === undefined) return null;
  const times = next?.times.map((time) => formatMoment(time, next.zone, language)) ?? [];
  return (
    <p className="quiet tabular schedule-next" aria-live="polite">
      {text(rhythm)}
      {times.length > 0 && ` · ${t('schedules.next', { times: listText(times, language) })}`}
    </p>
  );
}
