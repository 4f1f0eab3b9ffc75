import { randomBytes } from 'node:crypto';

/** A new id of 128 random bits: who does not know it cannot guess it. */
export const newId = (prefix: 'thr' | 'job'): string => `${prefix}_${randomBytes(16).toString('base64url')}`;

/** What an id looks like, so that anything else is refused before it is looked up. */
export const ID = /^(?:thr|job)_[A-Za-z0-9_-]{22}$/;
