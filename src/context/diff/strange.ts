import { dirname } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { within } from '../../core/within.ts';

/** The repository of which the one at `top`, with its data in `gitDir`, is a submodule; undefined where it is none. */
function superproject(top: string, gitDir: string | undefined): string | undefined {
  const [, found] = /^(.+)[\\/]\.git[\\/]modules[\\/]/.exec(gitDir ?? '') ?? [];
  // Only a folder above: what a .git file names is its writer's choice, and not for us to recommend.
  return found !== undefined && within(found, dirname(top)) ? found : undefined;
}

/** A repository that is not read. `gitDir`: where it keeps its data, if that is known. */
export function strange(top: string, what: string, gitDir?: string): Failure {
  const above = superproject(top, gitDir);
  const allow =
    above === undefined
      ? 'if all of the folder that it leads to may be sent, too, allow that as well'
      : `allow the repository that it is a submodule of, ${above},`;
  return new Failure(
    'input',
    `git_diff does not read the repository at ${top}, because ${what}: files of another repository could leave with it; ${allow} with --allow-dir, or pass the changes in files`,
  );
}
