'use client';

import type { Budget } from '@devsphere/shared/contracts/http/usage.ts';
import { Alert, Button, Group, NumberInput, TagsInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState, useTransition } from 'react';
import { setBudgetAction } from '../../app/[org]/usage/actions.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

const nanoUsdPerUsd = 1_000_000_000;

/** Limit and thresholds, in dollars and percent. */
export function BudgetForm({ org, budget }: { org: string; budget: Budget }) {
  const most = budget.planLimitNanoUsd / nanoUsdPerUsd;
  const [dollars, setDollars] = useState<string | number>(
    budget.monthlyLimitNanoUsd / nanoUsdPerUsd,
  );
  const [percents, setPercents] = useState(budget.alertPercents.map(String));
  const [answer, setAnswer] = useState<SettingsAnswer>(null);
  const [saving, startSaving] = useTransition();
  const save = (event: FormEvent) => {
    event.preventDefault();
    startSaving(async () => {
      const refused = await setBudgetAction(org, {
        monthlyLimitNanoUsd: Math.round(Number(dollars) * nanoUsdPerUsd),
        alertPercents: percents.map(Number),
      });
      setAnswer(refused);
      if (!refused) notifications.show({ message: 'Budget saved', color: 'green' });
    });
  };
  const fields = answer?.fields ?? {};
  const elsewhere = answer && Object.keys(fields).length === 0;
  return (
    <form onSubmit={save} noValidate>
      {elsewhere && (
        <Alert color="red" mb="sm" role="alert">
          {answer.message}
        </Alert>
      )}
      <Group align="flex-start" gap="md">
        <NumberInput
          label="Monthly budget"
          description={`In dollars; the plan includes up to $${most}`}
          prefix="$"
          min={0}
          max={most}
          clampBehavior="none"
          decimalScale={2}
          value={dollars}
          onChange={setDollars}
          error={fields.monthlyLimitNanoUsd}
        />
        <TagsInput
          label="Tell us at"
          description="Percent of it; sends the event budget.alert"
          value={percents}
          onChange={setPercents}
          maxTags={5}
          error={Object.entries(fields).find(([field]) => field.startsWith('alertPercents'))?.[1]}
        />
      </Group>
      <Button type="submit" mt="md" loading={saving}>
        Save budget
      </Button>
    </form>
  );
}
