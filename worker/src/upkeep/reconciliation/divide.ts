/** Divides a whole number in proportion to weights, so that the parts add up to it: the largest remainders get what is over. */
export function divide(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const even = sum > 0 ? weights : weights.map(() => 1);
  const whole = sum > 0 ? sum : weights.length;
  const exact = even.map((weight) => (total * weight) / whole);
  const parts = exact.map(Math.floor);
  const over = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, over)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
