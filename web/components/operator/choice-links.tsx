import { Group } from '@mantine/core';
import { LinkButton } from '../links.tsx';

type Choice = { href: string; label: string; chosen: boolean };

/** A few views of the same list, one of them chosen. */
export function ChoiceLinks({ label, choices }: { label: string; choices: Choice[] }) {
  return (
    <Group component="nav" aria-label={label} gap={6}>
      {choices.map(({ href, label: text, chosen }) => (
        <LinkButton
          key={href}
          href={href}
          size="xs"
          variant={chosen ? 'filled' : 'default'}
          {...(chosen ? { 'aria-current': 'page' as const } : {})}
        >
          {text}
        </LinkButton>
      ))}
    </Group>
  );
}
