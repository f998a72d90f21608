export { CallOutcomes } from './call-outcomes.js';
export { CallbackField } from './callback-field.js';
export { OutcomeDialog } from './outcome-dialog.js';
export { OutcomeForm, type OutcomeFormProps } from './outcome-form.js';
export type { OutcomeAbout } from './save-outcome.js';
