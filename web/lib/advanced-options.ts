import { readMetadata } from './read-metadata.ts';

/** What the advanced part of a task's form holds, as typed. Named like the fields of a submission. */
export type AdvancedValues = {
  /** Local time of the browser, such as `2026-03-04T09:30`. */
  runAt: string;
  priority: string;
  /** Minutes. */
  expiresInSeconds: string;
  /** Minutes. */
  deadlineSeconds: string;
  tags: string[];
  /** A `name: value` on each line. */
  metadata: string;
  /** The key others replace it under while it waits; empty: it waits for none. */
  debounce: string;
  /** Minutes. */
  debounceSeconds: string;
  /** Minutes. */
  debounceMaximumSeconds: string;
};

export const emptyAdvanced: AdvancedValues = {
  runAt: '',
  priority: '0',
  expiresInSeconds: '',
  deadlineSeconds: '',
  tags: [],
  metadata: '',
  debounce: '',
  debounceSeconds: '',
  debounceMaximumSeconds: '',
};

type Minutes =
  | 'expiresInSeconds'
  | 'deadlineSeconds'
  | 'debounceSeconds'
  | 'debounceMaximumSeconds';
type Problems = Record<string, string>;
type Read = { options: Record<string, unknown> } | { fields: Problems };

/** The options of a submission; what was left empty is left out. */
export function readAdvanced(values: AdvancedValues): Read {
  const fields: Problems = {};
  const seconds = (name: Minutes): number | undefined => {
    const text = values[name].trim();
    if (text === '') return undefined;
    const read = Math.round(Number(text) * 60);
    if (Number.isFinite(read) && read >= 1) return read;
    fields[name] = 'Give a number of minutes';
    return undefined;
  };
  const at = values.runAt === '' ? null : new Date(values.runAt);
  if (at && Number.isNaN(at.getTime())) fields.runAt = 'Give a date and a time';
  const metadata = readMetadata(values.metadata);
  if ('problem' in metadata) fields.metadata = metadata.problem;
  const options = {
    runAt: at && !fields.runAt ? at.toISOString() : undefined,
    priority: values.priority === '0' ? undefined : Number(values.priority),
    expiresInSeconds: seconds('expiresInSeconds'),
    deadlineSeconds: seconds('deadlineSeconds'),
    tags: values.tags.length > 0 ? values.tags : undefined,
    metadata: 'texts' in metadata ? metadata.texts : undefined,
    debounce: readDebounce(values, seconds, fields),
  };
  if (Object.keys(fields).length > 0) return { fields };
  return {
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}

function readDebounce(
  values: AdvancedValues,
  seconds: (name: Minutes) => number | undefined,
  fields: Problems,
): object | undefined {
  const key = values.debounce.trim();
  const wait = seconds('debounceSeconds');
  const longest = seconds('debounceMaximumSeconds');
  if (key === '') {
    if (wait !== undefined || longest !== undefined) fields.debounce = 'Give the debounce key';
    return undefined;
  }
  if (wait === undefined) fields.debounceSeconds ??= 'Say for how many minutes';
  else if (longest !== undefined && longest < wait)
    fields.debounceMaximumSeconds = 'This is shorter than the wait';
  for (const name of ['runAt', 'expiresInSeconds'] as const)
    if (values[name].trim() !== '') fields[name] = 'Not together with waiting for others';
  return { key, seconds: wait, ...(longest === undefined ? {} : { maximumSeconds: longest }) };
}
