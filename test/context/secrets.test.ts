import { describe, expect, it } from 'vitest';
import { scanText } from '../../src/context/secrets/scan.ts';
import { drawn, hex, pem } from './drawn.ts';
import { openStage } from './stage.ts';

const b64 = (text: string): string => Buffer.from(text).toString('base64url');
const jwt = `${b64('{"alg":"HS256","typ":"JWT"}')}.${b64('{"sub":"1234567890","name":"A"}')}.${drawn(43)}`;
/** A text with a secret in it, and the part that may not be left. Put together here, so that no scanner finds them in this file. */
const SECRETS: readonly [kind: string, before: string, secret: string, after: string][] = [
  ['AWS access key', 'id: ', `AKIA${drawn(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`, ''],
  ['AWS access key', '"', `ASIA${drawn(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`, '"'],
  ['AWS', 'aws_secret_access_key = ', drawn(40), ''],
  ['AWS', '"secretAccessKey": "', `${drawn(20)}/${drawn(19)}`, '"'],
  ['GitHub token', '', `ghp_${drawn(36)}`, ''],
  ['GitHub token', 'x=', `github_pat_${drawn(22)}_${drawn(59)}`, ''],
  ['GitLab token', '', `glpat-${drawn(20)}`, ''],
  ['OpenAI API key', 'key: ', `sk-proj-${drawn(74)}T3BlbkFJ${drawn(74)}`, ''],
  ['OpenAI API key', '', `sk-${drawn(48)}`, ''],
  ['Anthropic API key', '', `sk-ant-api03-${drawn(93)}AA`, ''],
  ['OpenRouter API key', '', `sk-or-v1-${hex(64)}`, ''],
  ['Google API key', '?key=', `AIza${drawn(35)}`, ''],
  ['Google OAuth secret', '', `GOCSPX-${drawn(28)}`, ''],
  ['Slack token', '', `xoxb-123456789012-1234567890123-${drawn(24)}`, ''],
  ['webhook', 'https://hooks.slack.com/services/', `T01234567/B01234567/${drawn(24)}`, ''],
  ['Stripe key', '', `sk_live_${drawn(24)}`, ''],
  ['Stripe key', '', `rk_live_${drawn(24)}`, ''],
  ['npm token', '', `npm_${drawn(36)}`, ''],
  ['npm token', '//registry.npmjs.org/:_authToken=', drawn(36), ''],
  ['PyPI token', '', `pypi-AgEIcHlwaS5vcmc${drawn(60)}`, ''],
  ['Hugging Face token', '', `hf_${drawn(34)}`, ''],
  ['model provider|Groq', '', `gsk_${drawn(52)}`, ''],
  ['model provider', '', `xai-${drawn(80)}`, ''],
  ['SendGrid', '', `SG.${drawn(22)}.${drawn(43)}`, ''],
  ['Telegram', '', `1234567890:AA${drawn(33)}`, ''],
  ['JSON web token', 'Cookie: session=', jwt, ';'],
  ['authorization', 'Authorization: Bearer ', drawn(40), ''],
  ['password', 'postgres://app:', 'v3ryS3cret-pw', '@db.corp.net:5432/app'],
  ['password', 'redis://:', 'v3ryS3cret-pw', '@cache.corp.net'],
  ['password', 'mongodb+srv://bob:', 'hunter2hunter2', '@c0.mongodb.net/x'],
  ['password', 'https://bob:', 'hunter2hunter2', '@git.corp.net/x.git'],
  ['Azure', 'AccountName=x;AccountKey=', `${drawn(86)}==`, ';'],
  ['password', 'password = "', 'Tr0ub4dor&3', '"'],
  ['password', "'password': '", 'hunter2hunter2', "'"],
  ['password', 'DB_PASSWORD=', 'Tr0ub4dor3xyz', '\nNEXT=1'],
  ['secret', 'const apiKey = `', drawn(32), '`;'],
  ['secret', 'client_secret: "', drawn(40), '"'],
  ['secret', 'SESSION_SECRET=', hex(64), ''],
  ['secret', 'client_secret: "', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', '"'],
  ['private key', 'x\n', pem('RSA PRIVATE KEY'), '\ny'],
  ['private key', '', pem('PRIVATE KEY'), ''],
  ['private key', '', pem('OPENSSH PRIVATE KEY'), ''],
  ['private key', '', pem('PGP PRIVATE KEY BLOCK'), ''],
  ['private key|secret', '{"private_key": "', pem('PRIVATE KEY').replaceAll('\n', String.raw`\n`), '"}'],
  ['private key', '', pem('PRIVATE KEY').replaceAll('\n', ' '), ''],
  ['private key', 'k = ', `"${pem('EC PRIVATE KEY').replaceAll('\n', '\\n" +\n  "')}"`, ';'],
  ['private key', '', pem('RSA PRIVATE KEY').replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0F\n\n'), ''],
  ['private key', '', pem('PRIVATE KEY').replaceAll('\n', '\n12:04:11 INFO app: '), ''],
  ['private key', '{"private_key": "', String.raw`-----BEGIN PRIVATE KEY-----\n${drawn(64)}\n${drawn(30)}`, ''],
  ['password', 'POSTGRES_PASSWORD: ', 'mypgpass99', '\n'],
  ['password', 'spring.datasource.password=', 'S3cretPw99', ''],
  ['password', 'DB_PASS=', 'S3cretPw99', ''],
  ['password', 'export MYSQL_PASS=', 'S3cretPw99', ''],
  ['password', 'SMTP_PASS=', 'S3cretPw99', ''],
  ['password', 'mysqldump --password ', 'S3cretPw99', ' db'],
  ['password', 'deploy --db-password "', 'S3cretPw99', '"'],
  ['password', '<password>', 'S3cretPw99', '</password>'],
  ['password', '<smtp.password type="plain">', 'S3cretPw99', '</smtp.password>'],
  ['login', 'machine git.corp.net login bob password ', 'hunter2', ''],
  ['login', 'default login bob account a password ', 'S3cretPw99', ''],
  ['login', 'machine git.corp.net\n  login bob\n  password ', 'S3cretPw99', ''],
  ['age', '', `AGE-SECRET-KEY-1${drawn(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`, ''],
];

const ORDINARY: readonly [name: string, text: string][] = [
  ['a commit', `commit ${hex(40)}`],
  ['a commit that is called a token', `token = "${hex(8)}"`],
  ['a UUID', 'id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301"'],
  ['a lockfile’s integrity', `"integrity": "sha512-${drawn(86)}=="`],
  ['a digest of an image', `image: node@sha256:${hex(64)}`],
  ['a picture in base64', `src="data:image/png;base64,${drawn(2000)}="`],
  ['a base64 file of many lines', Array.from({ length: 30 }, () => drawn(76)).join('\n')],
  ['a public key', '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQ\n-----END PUBLIC KEY-----'],
  ['a certificate', `-----BEGIN CERTIFICATE-----\n${drawn(64)}\n-----END CERTIFICATE-----`],
  ['a public ssh key', `ssh-ed25519 AAAA${drawn(64)} me@host`],
  ['AWS’s own example', 'AKIAIOSFODNN7EXAMPLE'],
  ['a placeholder', 'password = "changeme"'],
  ['your key', 'OPENAI_API_KEY=your-api-key-here'],
  ['a placeholder in a URL', 'postgres://user:password@localhost/db'],
  ['a variable in a URL', 'postgres://app:${DB_PASSWORD}@db/app'],
  ['a variable', 'const password = process.env.DB_PASSWORD_2;'],
  ['a call', 'const token = await getToken(request.headers2);'],
  ['the name of a variable', "key_env: 'SWITCHBOARD_API_KEY_2'"],
  ['a reference', 'password: ${{ secrets.DB_PASSWORD_1 }}'],
  ['a name without quotes', 'const password = newPassword2; opts = { password: userPassword1, token: idToken2 };'],
  ['marks without a key', "if (text.includes('-----BEGIN PRIVATE KEY-----'))\n  return true; // or '-----END PRIVATE KEY-----'"],
  ['a sentence', 'password: "Must have 8 characters, 1 digit!"'],
  ['a field of that name', 'self._auth = make_auth(config2)'],
  ['a type', 'password: string; token?: string'],
  ['words', 'secret = "the quick brown fox jumps"'],
  ['a kebab name', 'class="sk-fading-circle-loader-component"'],
  ['a tokenizer', 'tokenizer: "o200k_base", maxTokens: "128000"'],
  ['a path', 'token: "/var/run/secrets/token2/file"'],
  ['an address', 'token_url: "https://auth.corp.net/oauth2/token"'],
  ['many x', 'api_key: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx1"'],
  ['a version', 'secret: "1.2.3-beta.4"'],
  ['a question', "t('Forgot password?'); password: 'Forgot password?'"],
  ['a word of another script', "password: 'Contraseña'; password: 'Пароль-пользователя'; password: '密码不能为空！'"],
  ['words of another script', `password: "Passwort (wiederholen)", passwd: 'Mot de passe oublié ?'`],
  ['a word and its number', `password: 'Password 2:'`],
  ['the rules of a validator', "password: 'required|min:8|confirmed'"],
  ['an exclamation', "password: 'Too short!'"],
  ['a union of types', 'password:string|null, token?: string|undefined'],
  ['an optional member', 'const password = req.body?.password;'],
  ['a private member', 'const password = this.#password; pwd: user!.password1'],
  ['a member with digits', 'connect({\n  password: user.password1\n  pwd = $this->password2\n})'],
  ['a pointer', 'password := *passwordFlag'],
  ['a comparison', 'if (password ==confirm_12 || password===other$12) {}'],
  ['an address of a blockchain', `TOKEN_ADDRESS=0x${hex(40)}`],
  ['names without quotes, at ends of lines', '  password: hashedPasswordSha256\n  pwd = new_password_2\n'],
  ['an option of a program', '--password PASSWORD  the password\n--password $DB_PASS2 --password-file pass2.txt'],
  ['elements', '<label for="password">Password1:</label><password>${db.password2}</password>'],
  ['a field that is required', "password: 'Passwort*'"],
  ['a sentence about machines', 'A machine learning login page password reset2'],
  ['folders', String.raw`PWD=~/src/project1 pwd=C:\Users\me1`],
  ['a type with a default', 'fun login(password:String?=null, pwd = &passwordFlag2)'],
  ['a count', 'TESTS_PASS=yes COMPASS_X=north_12_by_7 BYPASS=cache2-of-9'],
  ['code with times', 'const at = new Date("2026-11-21T10:00:00Z"); // 1234567890:30'],
];

const count = (text: string): number => text.split('\n').length;

describe('a scan for secrets', () => {
  it.each(SECRETS)('finds the %s in %j', async (kind, before, secret, after) => {
    const text = `first\n${before}${secret}${after}\nlast`;
    const clean = await scanText('a.txt', text, 'redact');
    expect(clean.text).not.toContain(secret);
    for (const line of secret.split('\n').filter((part) => part.length > 15)) expect(clean.text).not.toContain(line);
    expect(clean.text).toContain('[redacted: ');
    expect(clean.redacted[0]?.kind).toMatch(new RegExp(kind));
    expect(clean.redacted[0]?.line).toBe(1 + count(before));
    expect(count(clean.text)).toBe(count(text));
    const refused = scanText('a.txt', text, 'refuse');
    await expect(refused).rejects.toThrow(/holds secrets, at a\.txt:\d \(/);
    await expect(refused).rejects.not.toThrow(new RegExp(secret.slice(0, 12).replaceAll(/[^\w]/g, '.')));
  });

  it.each(ORDINARY)('leaves %s as it is', async (_, text) => {
    expect(await scanText('a.txt', text, 'redact')).toEqual({ text, redacted: [] });
  });

  it('is not switched off by a comment in the text', async () => {
    const key = `ghp_${drawn(36)}`;
    const { text } = await scanText('a.txt', `// secretlint-disable\n${key}\n// gitleaks:allow\n`, 'redact');
    expect(text).not.toContain(key);
  });

  it('looks at a whole file when lines from the middle of a key are named', async () => {
    await using stage = await openStage();
    await stage.write('notes.txt', `x\n${pem('PRIVATE KEY')}\ny\n`);
    const { text, redacted } = await stage.get({ files: ['notes.txt:3-4'] });
    expect(text).toContain('3|[redacted]\n4|[redacted]');
    expect(redacted).toEqual([{ path: 'notes.txt', line: 3, kind: 'private key' }]);
    await expect(stage.get({ files: ['notes.txt:3-4'] }, { onSecret: 'refuse' })).rejects.toThrow(
      /at notes\.txt:3 \(private key\)/,
    );
    expect((await stage.get({ files: ['notes.txt:1'] }, { onSecret: 'refuse' })).redacted).toEqual([]);
  });

  it('leaves code between the marks of a key as it is, in one file or in several', async () => {
    const begin = "const BEGIN = '-----BEGIN PRIVATE KEY-----';\n";
    const end = "const END = '-----END PRIVATE KEY-----';\n";
    const code = Array.from(
      { length: 8 },
      (_, n) => `export function readTheConfigurationOfAllServers${n}(path) {\n  return path;\n}\n`,
    ).join('\n');
    expect(await scanText('a.ts', begin + code + end, 'redact')).toEqual({ text: begin + code + end, redacted: [] });
    await using stage = await openStage();
    await stage.write('k/a.ts', begin);
    await stage.write('k/b.ts', code);
    await stage.write('k/c.ts', end);
    const { text, redacted } = await stage.get({ files: ['k'] });
    expect(text).toContain('=== k/b.ts (31 lines) ===');
    expect(text).not.toContain('[redacted');
    expect(redacted).toEqual([]);
  });

  it.each(['\n', '\r\n'])('keeps the line after a key that is cut (%j)', async (line) => {
    const cut = `key = -----BEGIN PRIVATE KEY-----${String.raw`\n`}${drawn(64)}`;
    const after = `function readAll() {}${line}`;
    const alone = await scanText('a', `${cut}${line}${after}`, 'redact');
    expect(alone.text).toBe(`key = [redacted: private key]${line}${after}`);
    const more = await scanText('a', `${cut}${line}${drawn(64)}${line}${after}`, 'redact');
    expect(more.text).toBe(`key = [redacted: private key]${line}[redacted]${line}${after}`);
  });

  it('finds a secret in the name of a file', async () => {
    await using stage = await openStage();
    const key = `ghp_${drawn(36)}`;
    await stage.write(`${key}.txt`, 'x');
    expect((await stage.get({ files: ['*.txt'] })).text).not.toContain(key);
  });
});
