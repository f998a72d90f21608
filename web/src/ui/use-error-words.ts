import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/index.js';
import { useLanguage } from '../i18n/index.js';
import { type ErrorWords, errorWords, sentences } from './error-words.js';

/** What went wrong and what to do about it, in the words of the page; what the server did not say is a failure of the page. */
export function useErrorWords(): (error: unknown) => ErrorWords {
  const { t } = useTranslation();
  const language = useLanguage();
  return (error) =>
    error instanceof ApiError
      ? errorWords(error, language, (key, values) => t(key, values ?? {}))
      : { text: t('failure.text'), fix: null };
}

/** The same as one text. */
export function useErrorText(): (error: unknown) => string {
  const wordsOf = useErrorWords();
  return (error) => {
    const { text, fix } = wordsOf(error);
    return sentences(text, fix);
  };
}
