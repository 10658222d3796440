/** Version of the payload below; a worker refuses any other instead of guessing. */
export const upkeepPayloadVersion = 1;

/** Which of the system's own jobs is due; they belong to no organisation and may be repeated safely. */
export type UpkeepPayload = { version: typeof upkeepPayloadVersion; job: string };
