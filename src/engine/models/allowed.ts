import { withoutVariant } from '../../catalog/catalog.ts';
import { isNamedBy } from '../../glob/glob.ts';

/** A model as `provider/model`, without the variant of it: who denies a model denies every way in which it is served. */
function baseOf(ref: string): string {
  const [provider = '', ...rest] = ref.split('/');
  return `${provider}/${withoutVariant(provider, rest.join('/'))}`;
}

/** Whether the user's lists let a model through: named by a pattern of `allow`, and by none of `deny`. */
export function allowing({ allow, deny }: { allow: readonly string[]; deny: readonly string[] }): (ref: string) => boolean {
  const [isAllowed, isDenied] = [isNamedBy(allow), isNamedBy(deny)];
  return (ref) => isAllowed(ref) && !isDenied(ref) && !isDenied(baseOf(ref));
}
