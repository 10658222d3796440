import 'server-only';
import {
  isTaskKind,
  type TaskKindName,
  taskKindNames,
  taskKinds,
} from '@devsphere/shared/tasks/catalogue.ts';
import { z } from 'zod';
import { type FormField, fieldsOf } from '../form-fields.ts';

export type KindSummary = { name: TaskKindName; title: string; description: string };
export type KindForm = KindSummary & { fields: FormField[] };

/** Every kind of task, in the order of the catalogue. */
export const kindSummaries: KindSummary[] = taskKindNames.map((name) => ({
  name,
  title: taskKinds[name].title,
  description: taskKinds[name].description,
}));

/** What people call a kind; its own name when it is no longer in the catalogue. */
export function kindTitle(name: string): string {
  return isTaskKind(name) ? taskKinds[name].title : name;
}

/** The form of a kind, made from the JSON Schema of its input; undefined for an unknown kind. */
export function kindForm(name: string): KindForm | undefined {
  const summary = kindSummaries.find((kind) => kind.name === name);
  if (!summary) return undefined;
  const schema = z.toJSONSchema(taskKinds[summary.name].input as z.ZodType, { io: 'input' });
  return { ...summary, fields: fieldsOf(schema as Parameters<typeof fieldsOf>[0]) };
}
