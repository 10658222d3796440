/**
 * The most a page may send: the largest input is 400,000 characters of diff, up to four bytes each, and JSON escapes on
 * top.
 */
export const maximumBodyBytes = 4 * 1024 * 1024;
