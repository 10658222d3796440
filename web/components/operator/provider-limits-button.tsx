'use client';

import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { setProviderLimitsAction } from '../../app/operator/actions.ts';
import { ReasonButton } from './reason-button.tsx';

type ProviderLimitsButtonProps = {
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
};

const numberOf = (value: number | string) => (value === '' ? null : Number(value));

/** Asks for new limits and why, and sets them. */
export function ProviderLimitsButton(limits: ProviderLimitsButtonProps) {
  const [requests, setRequests] = useState<number | string>(limits.requestsPerMinute ?? '');
  const [tokens, setTokens] = useState<number | string>(limits.tokensPerMinute ?? '');
  return (
    <ReasonButton
      label="Set limits"
      question="Limit what is sent to Claude?"
      confirm="Set limits"
      explanation="It holds for the platform's account and all workers together from the next call on. Tasks beyond it wait for their turn and use up no attempt."
      action={(reason) =>
        setProviderLimitsAction(
          { requestsPerMinute: numberOf(requests), tokensPerMinute: numberOf(tokens) },
          reason,
        )
      }
    >
      <NumberInput
        label="Requests per minute"
        description="Empty: no limit of ours."
        value={requests}
        onChange={setRequests}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        thousandSeparator=","
        hideControls
      />
      <NumberInput
        label="Tokens per minute"
        description="Sent and answered together. Empty: no limit of ours."
        value={tokens}
        onChange={setTokens}
        min={1}
        max={1_000_000_000}
        allowDecimal={false}
        thousandSeparator=","
        hideControls
      />
    </ReasonButton>
  );
}
