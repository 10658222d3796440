/** Fields of a thing as the audit log shows them; short values only. */
export type AuditFacts = Record<string, string | number | boolean | null | readonly string[]>;

const maximumTextLength = 300;
const maximumFields = 20;
const secretName = /secret|token|password|sealed|ciphertext|(^|_)key$/i;

/** The fields that differ, before and after, short enough to store. What is named like a secret is never shown. */
export function changedFacts(
  before: AuditFacts,
  after: AuditFacts,
): { before: AuditFacts; after: AuditFacts } {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .slice(0, maximumFields);
  const shown = (facts: AuditFacts) =>
    Object.fromEntries(
      names
        .filter((name) => facts[name] !== undefined)
        .map((name) => [name, shorten(name, facts[name] ?? null)]),
    );
  return { before: shown(before), after: shown(after) };
}

function shorten(name: string, value: AuditFacts[string]): AuditFacts[string] {
  if (secretName.test(name)) return '[hidden]';
  if (typeof value === 'string' && value.length > maximumTextLength)
    return `${value.slice(0, maximumTextLength)}…`;
  if (Array.isArray(value))
    return value.slice(0, maximumFields).map((item: string) => item.slice(0, 100));
  return value;
}
