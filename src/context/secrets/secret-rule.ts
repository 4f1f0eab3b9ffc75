/** One kind of secret: what it looks like, and which of what looks so is one. The group `secret` is what is hidden, else all. */
export type SecretRule = { kind: string; pattern: RegExp; accepts?: (value: string) => boolean };
