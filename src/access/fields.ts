/** Fields that several requests of accounts share. */
import { z } from 'zod';

export const email = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u, 'not an e-mail address');

export const personName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]*$/u, 'no control characters');

/** As typed to prove something; what may be chosen is another question (password-rules.ts). */
export const typedPassword = z.string().min(1).max(1024);

/** A code of the app or a recovery code. */
export const typedCode = z.string().trim().min(1).max(40);

export const token = z.string().min(1).max(100);

export const language = z.enum(['en', 'zh']).nullable();
