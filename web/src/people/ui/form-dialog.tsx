import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Changed } from '../../../../src/shared/organisation.js';
import { ApiError } from '../../api/index.js';
import { ErrorView } from '../../ui/error-view.js';
import { useErrorText } from '../../ui/use-error-words.js';
import { useFocusBack } from '../../ui/use-focus-back.js';
import { useDoneText } from './data.js';

interface Props<Values extends object, Result> {
  title: string;
  /** Names the button that saves. */
  save: string;
  initial?: Partial<Values>;
  /** Sends it. What the server finds wrong is shown at its field, and nothing typed is lost. */
  submit: (values: Values) => Promise<Changed<Result>>;
  onClose: () => void;
  onDone?: (result: Result) => void;
  danger?: boolean;
  width?: number;
  children: ReactNode;
}

/** A form over the page. Mounted while it is open; Enter saves, Escape leaves. */
export function FormDialog<Values extends object, Result>(props: Props<Values, Result>) {
  useFocusBack();
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const doneText = useDoneText();
  const atField = useFieldErrors();
  const [general, setGeneral] = useState<Error | null>(null);
  const saving = useMutation({
    mutationFn: props.submit,
    onMutate: () => setGeneral(null),
    onSuccess: async (answer) => {
      void message.success(doneText(answer));
      props.onClose();
      props.onDone?.(answer.result);
      await queryClient.invalidateQueries();
    },
    onError: (error) => {
      const found = atField(error, Object.keys(form.getFieldsValue()));
      if (found) form.setFields([found as unknown as Parameters<typeof form.setFields>[0][number]]);
      else setGeneral(error);
    },
  });
  return (
    <Modal
      open
      title={props.title}
      width={props.width ?? 560}
      getContainer=".desk"
      mask={{ closable: false }}
      onCancel={props.onClose}
      okText={props.save}
      cancelText={t('people.cancel')}
      confirmLoading={saving.isPending}
      okButtonProps={{ htmlType: 'submit', danger: props.danger ?? false }}
      modalRender={(dialog) => (
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={props.initial ?? {}}
          scrollToFirstError
          onFinish={(values) => saving.mutate(values)}
        >
          {dialog}
        </Form>
      )}
    >
      {props.children}
      {general && <ErrorView error={general} />}
    </Modal>
  );
}

/** A server's error as one of a form field: `addresses[0].value` belongs to the field `addresses`. */
export function useFieldErrors(): (error: Error, names: string[]) => { name: string; errors: string[] } | null {
  const errorText = useErrorText();
  return (error, names) => {
    if (!(error instanceof ApiError) || error.field === undefined) return null;
    const name = names.find((one) => one === error.field?.split(/[.[]/)[0]);
    if (name === undefined) return null;
    return { name, errors: [errorText(error)] };
  };
}
