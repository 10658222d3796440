/** Why a command was refused, for the whole and by field; null when it was done. */
export type SettingsAnswer = { message: string; fields: Record<string, string> } | null;
