import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PACK_LINK_DAYS, PACK_LINKS, type PackLink, type ScheduleInput } from '../../../src/shared/schedules.js';

const USES = [1, 3, 5, 10, 20];

/** Whether messages link to the pack, and whether that link asks for a sign-in. */
export function PackLinkField() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ScheduleInput>();
  const link = Form.useWatch('packLink', form);
  const uses = Form.useWatch('packLinkUses', form) ?? 1;
  const choices = [...new Set([...USES, uses])].sort((a, b) => a - b);
  return (
    <>
      <div className="schedule-row">
        <Form.Item name="packLink" label={t('schedules.packLink')}>
          <Select<PackLink>
            popupMatchSelectWidth={false}
            options={PACK_LINKS.map((value) => ({ value, label: t(`schedules.packLinks.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="packLinkUses" label={t('schedules.packLinkUses')} hidden={link !== 'open'}>
          <Select<number>
            options={choices.map((count) => ({ value: count, label: t('schedules.times', { count }) }))}
          />
        </Form.Item>
      </div>
      {link !== undefined && (
        <p className={link === 'open' ? 'schedule-warning schedule-note' : 'quiet schedule-note'}>
          {t(`schedules.packLinkNotes.${link}`, { count: uses, days: PACK_LINK_DAYS })}
        </p>
      )}
    </>
  );
}
