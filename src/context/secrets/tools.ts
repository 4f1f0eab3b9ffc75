import { isLikelyPassword } from './plausible.ts';
import type { Reader } from './reader.ts';
import type { Finding, SecretRule } from './secret-rule.ts';

/** A program that takes a password behind an option of one letter, and the option up to the password. */
type Tool = { program: string; option: RegExp };

const TOOLS: readonly Tool[] = [
  {
    program: '(?:curl|https?|wget)[ \\t]',
    option: /(?<=[ \t])(?:-[uaU]|--(?:user|auth|proxy-user))[ \t=]{0,4}["']?[\w.@+-]{1,64}:/g,
  },
  { program: 'sshpass[ \\t]', option: /(?<=[ \t])-p[ \t]{0,4}["']?/g },
  { program: '(?:mysql(?:dump|admin)?|mariadb|7z)[ \\t]', option: /(?<=[ \t])-p["']?/g },
  { program: 'redis-cli[ \\t]', option: /(?<=[ \t])-a[ \t]{1,4}["']?/g },
  {
    program: '(?:docker|podman|az|oc|helm)[ \\t]{1,4}(?:registry[ \\t]{1,4})?login[ \\t]',
    option: /(?<=[ \t])-p[ \t]{1,4}["']?/g,
  },
  { program: 'ldap\\w{1,20}[ \\t]', option: /(?<=[ \t])-w[ \t]{1,4}["']?/g },
  { program: 'smbclient[ \\t]', option: /(?<=[ \t])-U[ \t]{0,4}["']?[^\s%"']{1,60}%/g },
  { program: '(?:unzip|zip)[ \\t]', option: /(?<=[ \t])-P[ \t]{1,4}["']?/g },
  { program: 'htpasswd[ \\t]', option: /(?<=[ \t])-\w{0,6}b\w{0,6}[ \t]{1,4}\S{1,80}[ \t]{1,4}\S{1,80}[ \t]{1,4}["']?/g },
];

/** So far behind a program its options are read, in characters, over lines that a backslash continues. */
const FURTHEST = 1000;
const COMMAND_ENDS = /(?<!\\)\r?\n|[|;]|&&/;
const SHORTEST = 6;

/** Makes the rule of a program: its options are read once, however often it is named on the way. */
const ruleOf = (tool: Tool): SecretRule => ({
  begins: tool.program,
  read(reader: Reader, at: number): Finding[] {
    if (reader.hasRead(tool, at)) return [];
    const ahead = reader.text.slice(at, at + FURTHEST);
    const command = ahead.slice(0, COMMAND_ENDS.exec(ahead)?.index);
    reader.remember(tool, { start: at, end: at + command.length });
    return Array.from(command.matchAll(tool.option)).flatMap((match) => {
      const { start, end } = reader.run(at + match.index + match[0].length, 'line');
      const value = reader.text.slice(start, Math.min(end, start + FURTHEST));
      return value.length >= SHORTEST && isLikelyPassword(value) ? [{ start, end, kind: 'password' }] : [];
    });
  },
});

/** Passwords behind options of one letter. */
export const TOOLS_OPTIONS: readonly SecretRule[] = TOOLS.map(ruleOf);
