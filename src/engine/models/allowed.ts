import { isNamedBy } from '../../glob/glob.ts';

/** Whether the user's lists let a model through: named by a pattern of `allow`, and by none of `deny`. */
export function allowing({ allow, deny }: { allow: readonly string[]; deny: readonly string[] }): (ref: string) => boolean {
  const [isAllowed, isDenied] = [isNamedBy(allow), isNamedBy(deny)];
  return (ref) => isAllowed(ref) && !isDenied(ref);
}
