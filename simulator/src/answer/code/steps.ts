/** A statement of a function's body that does something, as it stands there. */
export interface Step {
  readonly line: number;
  readonly text: string;
}

/** `name` is made in one line and used in a later one, so the two can't change places. */
export interface Need {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const STEP =
  /^(?:(?:const|let|var)\s.+?=\s*)?(?:await|return|throw|yield|raise)\b|^if .*\b(?:throw|return|raise)\b|^(?!if|for|while|switch|catch|function)[a-z][\w.]*\(.*(?:\);?|[,({])$|^[\w.#]+ = .*await/i;
const DEFINES = /^(?:const|let|var)\s+(\{[^}]*\}|\[[^\]]*\]|\w+)|^(\w+)\s*(?::\s*[\w[\], |]+)?=\s/;
const MAX_STEPS = 12;
const MAX_NEEDS = 4;

/** The steps of the function that is declared at a line (counted from 1), and what holds them in order. */
export function stepsAt(source: string, line: number): { steps: Step[]; needs: Need[] } {
  const body = bodyAt(source.split('\n'), line - 1);
  const steps = body
    .filter(({ text }) => STEP.test(text))
    .map(({ line: at, text }) => ({
      line: at,
      text: text.replace(/[\s({[]+$/, ' …').replace(/,$/, ''),
    }))
    .slice(0, MAX_STEPS);
  return { steps, needs: needsOf(body, steps) };
}

function bodyAt(lines: readonly string[], at: number): Step[] {
  const indent = (lines[at] ?? '').search(/\S/);
  const opens = lines.findIndex((line, index) => index >= at && /[{:]\s*$/.test(line));
  if (opens === -1) return [];
  const body: Step[] = [];
  for (let index = opens + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() !== '' && line.search(/\S/) <= indent) break;
    if (line.trim() !== '') body.push({ line: index + 1, text: line.trim() });
  }
  return body;
}

function needsOf(body: readonly Step[], steps: readonly Step[]): Need[] {
  const shown = new Set(steps.map(({ line }) => line));
  const needs = steps.flatMap(({ line, text }) =>
    definedIn(text).flatMap((name) => {
      const user = body.find(
        (other) => other.line > line && new RegExp(`\\b${name}\\b`).test(other.text),
      );
      return user === undefined ? [] : [{ name, from: line, to: user.line }];
    }),
  );
  return [
    ...needs.filter(({ to }) => shown.has(to)),
    ...needs.filter(({ to }) => !shown.has(to)),
  ].slice(0, MAX_NEEDS);
}

function definedIn(text: string): string[] {
  const [, pattern, plain] = DEFINES.exec(text) ?? [];
  return (pattern ?? plain ?? '').match(/\b[A-Za-z_]\w*\b(?!\s*:)/g) ?? [];
}
