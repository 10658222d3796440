'use client';

import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { setConcurrencyAction } from '../../app/operator/actions.ts';
import { ReasonButton } from './reason-button.tsx';

type ConcurrencyButtonProps = {
  orgId: string;
  /** Of the organisation. */
  name: string;
  /** How many may run at once as it is. */
  holds: number;
};

/** Asks how many tasks of an organisation may run at once and why, and sets that instead of its plan's number. */
export function ConcurrencyButton({ orgId, name, holds }: ConcurrencyButtonProps) {
  const [tasks, setTasks] = useState<number | string>(holds);
  return (
    <ReasonButton
      label="Tasks at once"
      aria-label={`Tasks at once of ${name}`}
      question={`How many tasks of ${name} may run at once?`}
      confirm="Override"
      explanation="It holds for all workers from now on, whichever plan the organisation gets, until it is lifted. Running tasks finish. The organisation sees the number and that we set it, not the reason."
      action={(reason) => setConcurrencyAction({ orgId, concurrentTasks: Number(tasks) }, reason)}
    >
      <NumberInput
        label="Tasks at once"
        description="Between 1 and 1,000."
        required
        value={tasks}
        onChange={setTasks}
        min={1}
        max={1_000}
        allowDecimal={false}
        thousandSeparator=","
        hideControls
      />
    </ReasonButton>
  );
}
