import 'server-only';
import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { getTask } from '@devsphere/shared/queries/get-task.ts';
import { notFound } from 'next/navigation';
import { exampleOf } from '../examples.ts';
import { toText } from '../form-fields.ts';
import { type KindForm, kindForm } from './kinds.ts';
import type { SearchParams } from './list-query.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

export type NewTask = {
  form: KindForm;
  /** What the fields start with. */
  values: Record<string, string>;
  /** The task this one repeats with changes. */
  source: { id: string; title: string } | null;
};

/** The form that an address asks for, filled in from a past task or an example; null while no kind is chosen. */
export async function loadNewTask(
  scope: OrganizationScope,
  params: SearchParams,
): Promise<NewTask | null> {
  if (typeof params.from === 'string') return fromTask(scope, params.from);
  const form = typeof params.kind === 'string' ? kindForm(params.kind) : undefined;
  if (!form) return null;
  const input = params.example ? exampleOf(form.name)?.input : undefined;
  return { form, values: valuesOf(form, input ?? {}), source: null };
}

async function fromTask(
  { person, organization }: OrganizationScope,
  taskId: string,
): Promise<NewTask> {
  if (!isId(taskId)) notFound();
  try {
    const task = await getTask(database(), person, organization.orgId, taskId);
    const form = kindForm(task.kind);
    if (!form) notFound();
    return { form, values: valuesOf(form, task.input), source: { id: task.id, title: task.title } };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

/** What the fields of a form start with when they hold an input. */
export function valuesOf(
  { fields }: KindForm,
  input: Record<string, unknown>,
): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ name, initial }) => [name, toText(input[name]) || initial]),
  );
}
