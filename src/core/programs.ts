/** The facts by which the user's programs are looked for. */
export type Programs = {
  platform: NodeJS.Platform;
  /** `PATH`. */
  path: string;
  /** The endings of programs' names on Windows (`PATHEXT`). */
  endings: readonly string[];
  /** The program that runs batch files on Windows. */
  shell: string;
  /** Makes a path whole that a person wrote, with `~` or variables in it. */
  expand: (path: string) => string;
  /** The user's home folder, which programs are run in; empty: nobody knows it. */
  home: string;
  /** The folder whose programs are none of the user's: a repository may bring them along. */
  project: string;
};
