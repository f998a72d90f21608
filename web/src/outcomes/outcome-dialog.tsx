import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../ui/use-focus-back.js';
import { OutcomeForm, type OutcomeFormProps } from './outcome-form.js';

/** The form over a page; closes once what was entered counts. Mounted while it is open. */
export function OutcomeDialog({ onClose, ...form }: OutcomeFormProps & { onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t(form.outcome === null ? 'outcomes.enter' : 'outcomes.correct')}
      width={520}
      getContainer=".desk"
      footer={null}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      <OutcomeForm
        {...form}
        onSaved={() => {
          form.onSaved?.();
          onClose();
        }}
      />
    </Modal>
  );
}
