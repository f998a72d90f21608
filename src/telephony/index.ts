export { SetupController, webhookUrls } from './setup.controller.js';
export { translators } from './translators.js';
export { FORM_LIMITS, type FormErrorCode, type ParsedForm, parseForm, parsePairs } from './twilio/parse-form.js';
export { publicUrlOf, type RequestOrigin, type TrustedProxies, trustedProxies } from './twilio/public-url.js';
export {
  type BodySignatureCheck,
  type FormSignatureCheck,
  verifyTwilioBodySignature,
  verifyTwilioSignature,
} from './twilio/signature.js';
export { TASKROUTER_PARK_REASONS, translateTaskRouter } from './twilio/taskrouter.js';
export {
  type Translation,
  type TranslationContext,
  TWILIO_PARK_REASONS,
  TWILIO_PROVIDER,
  type TwilioCallbackKind,
  type TwilioParkReason,
  translateTwilio,
} from './twilio/translate.js';
export { TWILIO_KINDS, twilioRoutes } from './twilio/twilio.routes.js';
export { TwilioWebhook } from './twilio/twilio-webhook.js';
