import picomatch from 'picomatch';

/** Whether the user's lists let a model through: named by a pattern of `allow`, and by none of `deny`. */
export function allowing({ allow, deny }: { allow: readonly string[]; deny: readonly string[] }): (ref: string) => boolean {
  // `bash`: a `*` reaches across the slashes that model ids are full of.
  const among = (patterns: readonly string[]) => picomatch([...patterns], { bash: true, nocase: true });
  const [isAllowed, isDenied] = [among(allow), among(deny.length > 0 ? deny : ['!*'])];
  return (ref) => isAllowed(ref) && (deny.length === 0 || !isDenied(ref));
}
