/** Drawn by a fixed rule, and as mixed as a real key. */
export function drawn(length: number, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'): string {
  let state = 20_261_121;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet[Math.floor(state / 65_536) % alphabet.length];
  }).join('');
}
/** As `drawn`, in hexadecimal digits. */
export const hex = (length: number): string => drawn(length, '0123456789abcdef');

/** A private key that is none. */
export const pem = (kind: string): string =>
  `-----BEGIN ${kind}-----\n${drawn(64)}\n${drawn(64)}\n${drawn(20)}==\n-----END ${kind}-----`;

/** Draws of one's own, the same at each run: a number from 0 to 1 at each call. */
export function drawsOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
