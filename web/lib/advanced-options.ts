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
};

export const emptyAdvanced: AdvancedValues = {
  runAt: '',
  priority: '0',
  expiresInSeconds: '',
  deadlineSeconds: '',
  tags: [],
};

type Read = { options: Record<string, unknown> } | { fields: Record<string, string> };

/** The options of a submission; what was left empty is left out. */
export function readAdvanced(values: AdvancedValues): Read {
  const fields: Record<string, string> = {};
  const minutes = (name: 'expiresInSeconds' | 'deadlineSeconds') => {
    const text = values[name].trim();
    if (text === '') return {};
    const seconds = Math.round(Number(text) * 60);
    if (Number.isFinite(seconds) && seconds >= 1) return { [name]: seconds };
    fields[name] = 'Give a number of minutes';
    return {};
  };
  const at = values.runAt === '' ? null : new Date(values.runAt);
  if (at && Number.isNaN(at.getTime())) fields.runAt = 'Give a date and a time';
  const options = {
    ...(at && !fields.runAt ? { runAt: at.toISOString() } : {}),
    ...(values.priority === '0' ? {} : { priority: Number(values.priority) }),
    ...minutes('expiresInSeconds'),
    ...minutes('deadlineSeconds'),
    ...(values.tags.length > 0 ? { tags: values.tags } : {}),
  };
  return Object.keys(fields).length > 0 ? { fields } : { options };
}
