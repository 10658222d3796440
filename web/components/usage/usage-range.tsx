'use client';

import { Button, Group, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { type UsageView, usagePath } from '../../lib/usage-path.ts';

/** First and last day, kept in the address. */
export function UsageRange({ org, view }: { org: string; view: UsageView }) {
  const router = useRouter();
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    router.push(
      usagePath(org, {
        from: String(fields.get('from') ?? ''),
        to: String(fields.get('to') ?? ''),
        by: view.by,
      }),
    );
  };
  return (
    <form onSubmit={show} key={`${view.from} ${view.to}`}>
      <Group align="flex-end" gap="sm">
        <TextInput type="date" name="from" label="From" defaultValue={view.from} required />
        <TextInput type="date" name="to" label="To" defaultValue={view.to} required />
        <Button type="submit" variant="default">
          Show
        </Button>
      </Group>
    </form>
  );
}
