'use server';

import { redirect } from 'next/navigation';
import { webEnv } from '../../lib/env.ts';
import type { FormState } from '../../lib/form-state.ts';
import { safeNextPath } from '../../lib/safe-next-path.ts';
import {
  authProblem,
  changePasswordForm,
  newPasswordForm,
  readForm,
  resetForm,
  signInForm,
  signUpForm,
  valuesToKeep,
} from '../../lib/server/auth-forms.ts';
import {
  forgiveSignIns,
  limitReset,
  limitSignIn,
  limitSignUp,
} from '../../lib/server/auth-limits.ts';
import { requirePerson } from '../../lib/server/person.ts';
import { forgetResetProof, hasResetProof } from '../../lib/server/reset-proof.ts';
import { log } from '../../lib/server/services.ts';
import { supabaseOfRequest, supabaseOn } from '../../lib/server/supabase.ts';

/** Creates an account, signs in and goes on to the page the person wanted; the database itself makes the profile and the personal organisation. */
export async function signUp(_: FormState, form: FormData): Promise<FormState> {
  const read = readForm(signUpForm, form);
  if ('state' in read) return read.state;
  const { displayName, email, password } = read.data;
  const tooOften = await limitSignUp();
  if (tooOften) return { message: tooOften, values: valuesToKeep(form) };
  const next = safeNextPath(form.get('next'));
  const supabase = await supabaseOfRequest();
  const { data, error } = await supabase.auth.signUp({
    email,
    password,
    options: {
      data: { display_name: displayName },
      emailRedirectTo: `${webEnv().WEB_URL}/auth/code?${new URLSearchParams({ next })}`,
    },
  });
  if (error) {
    log().info({ code: error.code, status: error.status }, 'sign-up refused');
    return { ...authProblem(error), values: valuesToKeep(form) };
  }
  if (!data.session) return { done: 'Almost there: open the link in the mail we just sent you.' };
  redirect(next);
}

/** Signs in and goes on to the page the person wanted. */
export async function signIn(_: FormState, form: FormData): Promise<FormState> {
  const read = readForm(signInForm, form);
  if ('state' in read) return read.state;
  const tooOften = await limitSignIn(read.data.email);
  if (tooOften) return { message: tooOften, values: valuesToKeep(form) };
  const supabase = await supabaseOfRequest();
  const { error } = await supabase.auth.signInWithPassword(read.data);
  if (error) {
    log().info({ code: error.code, status: error.status }, 'sign-in refused');
    return { ...authProblem(error), values: valuesToKeep(form) };
  }
  await forgiveSignIns(read.data.email);
  redirect(safeNextPath(form.get('next')));
}

/** Ends the session of this browser only. */
export async function signOut(): Promise<void> {
  const supabase = await supabaseOfRequest();
  await supabase.auth.signOut({ scope: 'local' });
  redirect('/sign-in');
}

/** The same, going on to the page of the form, for somebody else to look at. */
export async function signOutThere(form: FormData): Promise<void> {
  const supabase = await supabaseOfRequest();
  await supabase.auth.signOut({ scope: 'local' });
  redirect(safeNextPath(form.get('next')));
}

/** Sends a link to set a new password. Says the same whether or not the account exists. */
export async function requestReset(_: FormState, form: FormData): Promise<FormState> {
  const read = readForm(resetForm, form);
  if ('state' in read) return read.state;
  const tooOften = await limitReset(read.data.email);
  if (tooOften) return { message: tooOften, values: valuesToKeep(form) };
  const { WEB_URL, MAILBOX_HINT } = webEnv();
  const supabase = await supabaseOfRequest();
  const { error } = await supabase.auth.resetPasswordForEmail(read.data.email, {
    redirectTo: `${WEB_URL}/reset/confirm`,
  });
  if (error) log().warn({ code: error.code, status: error.status }, 'password reset not sent');
  // Rate limits are per address too: telling about them would tell that the account exists.
  if (error && (error.status === undefined || error.status === 0 || error.status >= 500)) {
    return { ...authProblem(error), values: valuesToKeep(form) };
  }
  const hint = MAILBOX_HINT ? ` ${MAILBOX_HINT}` : '';
  return {
    done: `If there is an account with this email, a link to set a new password is on its way.${hint}`,
  };
}

/**
 * Sets a new password; other browsers are signed out. Who did not come by the link of a reset mail must know the old
 * one: a browser left open is not enough.
 */
export async function setNewPassword(_: FormState, form: FormData): Promise<FormState> {
  const person = await requirePerson();
  const proven = await hasResetProof(person.userId);
  const read = readForm(proven ? newPasswordForm : changePasswordForm, form);
  if ('state' in read) return read.state;
  if ('currentPassword' in read.data) {
    const refused = await checkPassword(person.email, String(read.data.currentPassword));
    if (refused) return refused;
  }
  const supabase = await supabaseOfRequest();
  const { error } = await supabase.auth.updateUser({ password: read.data.password });
  if (error) {
    log().info({ code: error.code, status: error.status }, 'new password refused');
    return authProblem(error);
  }
  await supabase.auth.signOut({ scope: 'others' });
  await forgetResetProof();
  redirect('/');
}

/** Signs in beside the session of this browser, which stays as it is; answers why that failed. */
async function checkPassword(email: string, password: string): Promise<FormState | null> {
  const tooOften = await limitSignIn(email);
  if (tooOften) return { message: tooOften };
  const aside = supabaseOn({ getAll: () => [], setAll: () => {} });
  const { error } = await aside.auth.signInWithPassword({ email, password });
  if (!error) {
    await forgiveSignIns(email);
    await aside.auth.signOut({ scope: 'local' });
    return null;
  }
  if (error.code === 'invalid_credentials')
    return { fields: { currentPassword: 'This is not the password you have now.' } };
  return authProblem(error);
}
