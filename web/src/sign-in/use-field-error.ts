import type { FormInstance } from 'antd';
import { ApiError } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';

/** Shows what the server says of a field at that field, with what to do about it. */
export function useFieldError<Values extends object>(form: FormInstance<Values>): (error: Error) => void {
  const localised = useLocalised();
  return (error) => {
    if (!(error instanceof ApiError) || error.field === undefined) return;
    const text = [error.text, error.fix].flatMap((part) => (part ? [localised(part)] : [])).join(' ');
    const field = { name: error.field, errors: [text] } as unknown;
    form.setFields([field as Parameters<typeof form.setFields>[0][number]]);
  };
}
