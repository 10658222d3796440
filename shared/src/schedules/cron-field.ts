type Field = { name: string; from: number; to: number; names: readonly string[] };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The five fields of an expression, in their order. Names count from `from`. */
export const cronFields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59, names: [] },
  { name: 'hour', from: 0, to: 23, names: [] },
  { name: 'day of the month', from: 1, to: 31, names: [] },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of the week', from: 0, to: 7, names: days },
];

/** What is wrong with one field, as a sentence; undefined when it is right. Stricter than the library, which lets some steps run out of range. */
export function cronFieldProblem(text: string, field: Field): string | undefined {
  for (const part of text.split(',')) {
    const problem = partProblem(part, field);
    if (problem) return problem;
  }
  return undefined;
}

function partProblem(part: string, field: Field): string | undefined {
  const match = /^(?:\*|([A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?)(?:\/(\d+))?$/.exec(part);
  const shown = part.slice(0, 40);
  if (!match) return `“${shown}” does not fit the field ${field.name}.`;
  const [, first, last, step] = match;
  const [from, to] = [readValue(first, field), readValue(last, field)];
  if (from === null || to === null) {
    const wrong = from === null ? first : last;
    return `“${wrong?.slice(0, 40)}” does not fit the field ${field.name}: use ${field.from} to ${field.to}.`;
  }
  if (from !== undefined && to !== undefined && from > to) return `“${shown}” runs backwards.`;
  if (step === undefined) return undefined;
  if (first !== undefined && last === undefined)
    return `“${shown}”: a step needs a range, such as ${first}-${field.to}/${step}.`;
  const most = field.to - field.from;
  return Number(step) < 1 || Number(step) > most
    ? `“${shown}”: a step of the field ${field.name} is 1 to ${most}.`
    : undefined;
}

/** Null: not a value of the field. */
function readValue(text: string | undefined, field: Field): number | null | undefined {
  if (text === undefined) return undefined;
  const named = field.names.indexOf(text.toLowerCase());
  if (named >= 0) return field.from + named;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.from && value <= field.to ? value : null;
}
