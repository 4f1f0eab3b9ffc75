/** Where programs of the user's are looked for. */
export type Programs = {
  platform: NodeJS.Platform;
  /** `PATH`. */
  path: string;
  /** What a name may end in to be a program's, on Windows (`PATHEXT`). */
  endings: readonly string[];
  /** What runs batch files on Windows. */
  shell: string;
  /** Makes a path whole that a person wrote, with `~` or variables in it. */
  expand: (path: string) => string;
  /** The user's home folder, which programs are run in; empty: nobody knows it. */
  home: string;
  /** What lies in this folder is no program of the user's: a repository may bring it along. */
  project: string;
};
