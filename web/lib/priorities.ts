/** Priorities a form offers, as they are called. */
export const priorities = [
  { value: '10', label: 'Before everything else' },
  { value: '5', label: 'High' },
  { value: '0', label: 'Normal' },
  { value: '-5', label: 'Low' },
  { value: '-10', label: 'After everything else' },
];

/** What a priority is called; programs may give others, which have only their number. */
export function priorityLabel(priority: number): string {
  return priorities.find(({ value }) => Number(value) === priority)?.label ?? String(priority);
}
