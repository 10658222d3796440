'use server';

import { setBudget } from '@devsphere/shared/commands/set-budget.ts';
import type { SetBudgetBody } from '@devsphere/shared/contracts/http/usage.ts';
import { organizationCommand } from '../../../lib/server/organization-command.ts';
import type { SettingsAnswer } from '../../../lib/settings-answer.ts';

/** Sets the monthly budget of the organisation; the command validates what came. */
export async function setBudgetAction(org: string, body: SetBudgetBody): Promise<SettingsAnswer> {
  return organizationCommand(org, (context, { orgId }) => setBudget(context, { ...body, orgId }));
}
