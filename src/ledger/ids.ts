import { randomBytes } from 'node:crypto';

/** A new id of 128 random bits: who does not know it cannot guess it. */
export const newId = (prefix: 'thr' | 'job'): string => `${prefix}_${randomBytes(16).toString('base64url')}`;
