import { Failure } from './errors.ts';

/** What a call is told that needs a package which is not installed; `otherwise` is the way without it. */
export function missingPackage(name: string, why: string, otherwise: string, cause: unknown): Failure {
  return new Failure(
    'config',
    `${why}, which takes the package ${name}: start the server with npx -y -p switchboard-mcp -p ${name} switchboard-mcp, ${otherwise}`,
    { cause },
  );
}
