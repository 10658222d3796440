/** One field of a task's form, as its JSON Schema describes it. */
export type FormField = {
  name: string;
  title: string;
  description: string;
  widget: 'textarea' | 'markdown' | 'file' | 'json' | 'select' | 'number' | 'text';
  required: boolean;
  maxLength: number | null;
  options: string[];
  initial: string;
};

type JsonSchema = {
  properties?: Record<string, Record<string, unknown>>;
  required?: readonly string[];
};

const widgets: readonly string[] = [
  'textarea',
  'markdown',
  'file',
  'json',
  'select',
  'number',
  'text',
];

/** The fields of an object schema, in its order. A property without a known widget becomes a line of text. */
export function fieldsOf(schema: JsonSchema): FormField[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    title: typeof property.title === 'string' ? property.title : name,
    description: typeof property.description === 'string' ? property.description : '',
    widget: widgets.includes(String(property.widget))
      ? (property.widget as FormField['widget'])
      : 'text',
    required: (schema.required ?? []).includes(name),
    maxLength: typeof property.maxLength === 'number' ? property.maxLength : null,
    options: Array.isArray(property.enum) ? property.enum.map(String) : [],
    initial: property.default === undefined ? '' : toText(property.default),
  }));
}

/** A value as a person edits it: text as it is, anything else as JSON. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

export type ReadInput = { input: Record<string, unknown> } | { fields: Record<string, string> };

/** The task's input from what was typed. Empty optional fields are left out; JSON that can't be read is told. */
export function readInput(fields: readonly FormField[], values: Record<string, string>): ReadInput {
  const input: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const { name, title, widget, required } of fields) {
    const text = values[name] ?? '';
    if (text.trim() === '') {
      if (required) problems[name] = `${title} is needed`;
    } else if (widget === 'json') {
      try {
        input[name] = JSON.parse(text);
      } catch (error) {
        problems[name] = `Not valid JSON: ${(error as Error).message}`;
      }
    } else {
      // What is no number goes as it was typed: the kind's own schema says what it wants.
      input[name] = widget === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
    }
  }
  return Object.keys(problems).length > 0 ? { fields: problems } : { input };
}

/** Messages by form field from the server's field paths, such as `input.schema.type`; the rest under `''`. `within` is the first part of a path;
 * `besides` names fields of the form that are no part of it. */
export function problemsByField(
  errors: ReadonlyArray<{ field: string; message: string }>,
  fields: readonly FormField[],
  within = 'input',
  besides: readonly string[] = [],
): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { field, message } of errors) {
    const [root = '', name = ''] = field.split('.');
    const known = root === within && fields.some((candidate) => candidate.name === name);
    problems[known ? name : besides.includes(root) ? root : ''] ??= message;
  }
  return problems;
}
