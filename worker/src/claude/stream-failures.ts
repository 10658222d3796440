/** The stream said nothing for too long. */
export class StreamStalled extends Error {}

/** The answer grew past anything a model writes. */
export class StreamTooLarge extends Error {}
