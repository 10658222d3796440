import 'server-only';
import type { AuthError } from '@supabase/supabase-js';
import { z } from 'zod';
import type { FormState } from '../form-state.ts';

export const minimumPasswordLength = 10;
// bcrypt, which Supabase uses, refuses more bytes than this.
const maximumPasswordBytes = 72;

const email = z.email('Enter an email address, such as name@example.com').trim().max(254);
const newPassword = z
  .string()
  .min(minimumPasswordLength, `Use at least ${minimumPasswordLength} characters`)
  .refine((text) => Buffer.byteLength(text) <= maximumPasswordBytes, 'Use at most 72 characters');

export const signUpForm = z.object({
  displayName: z.string().trim().min(1, 'Enter the name others will see').max(100),
  email,
  password: newPassword,
});
export const signInForm = z.object({ email, password: z.string().min(1, 'Enter your password') });
export const resetForm = z.object({ email });
export const newPasswordForm = z.object({ password: newPassword });
export const changePasswordForm = newPasswordForm.extend({
  currentPassword: z.string().min(1, 'Enter the password you have now').max(1_000),
});

/** Reads a submitted form: its data, or what to show beside its fields. Passwords are never sent back. */
export function readForm<T extends z.ZodType>(
  schema: T,
  form: FormData,
): { data: z.output<T> } | { state: FormState } {
  const result = schema.safeParse(Object.fromEntries(form));
  if (result.success) return { data: result.data };
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[String(issue.path[0])] ??= issue.message;
  return { state: { fields, values: valuesToKeep(form) } };
}

/** What to fill in again after an error: everything but the password. */
export function valuesToKeep(form: FormData): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['displayName', 'email']) {
    const value = form.get(name);
    if (typeof value === 'string') kept[name] = value.slice(0, 254);
  }
  return kept;
}

/** An error of the authentication service in words that help; undefined when only a field is wrong. */
export function authProblem(error: AuthError): Pick<FormState, 'message' | 'fields'> {
  switch (error.code) {
    case 'invalid_credentials':
      return { message: 'Email or password is wrong.' };
    case 'email_not_confirmed':
      return { message: 'Confirm your email first: open the link in the mail we sent you.' };
    case 'user_already_exists':
    case 'email_exists':
      return { fields: { email: 'There is already an account with this email. Sign in instead.' } };
    case 'weak_password':
      return { fields: { password: 'This password is too easy to guess. Choose another.' } };
    case 'same_password':
      return { fields: { password: 'Choose a password that differs from the old one.' } };
    case 'email_address_invalid':
      return { fields: { email: 'This email address can’t be used. Choose another.' } };
    case 'over_request_rate_limit':
    case 'over_email_send_rate_limit':
      return { message: 'Too many tries. Wait a minute, then try again.' };
    case 'session_not_found':
    case 'user_not_found':
      return { message: 'This link has expired. Ask for a new one.' };
    default:
      return { message: 'Signing in is not possible right now. Try again in a moment.' };
  }
}
