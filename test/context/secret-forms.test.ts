import { describe, expect, it } from 'vitest';
import { scanText } from '../../src/context/secrets/scan.ts';
import { drawn, pem } from './drawn.ts';

const PASSWORD = 'Tr0ub4dor&3xyz';
const WORD = 'Tr0ub4dor3xyz';
const KEY = drawn(40);
const GITHUB = `ghp_${drawn(36)}`;
const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const LOGIN = Buffer.from('ci-bot:v3ryS3cret-pw').toString('base64');
const PEM = pem('RSA PRIVATE KEY');

/** What is written around a secret in each place where a secret is given to something; `…` is where it stands. */
const PLACES: readonly [secret: string, text: string][] = [
  [WORD, '"Server=x;User Id=sa;Password=…"'],
  [WORD, '- "POSTGRES_PASSWORD=…"'],
  [KEY, "- 'API_TOKEN=…'"],
  [WORD, 'docker run -e "DB_PASSWORD=…" db'],
  [WORD, '"environment": ["DB_PASSWORD=…"]'],
  [WORD, 'dsn = "host=db user=app dbname=x password=…"'],
  [WORD, 'curl -d "user=bob&password=…" https://x.org'],
  [WORD, 'see the wiki (password=…)'],
  [WORD, 'psql ${DB_PASSWORD:-…}'],
  [KEY, 'const apiKey: string = "…";'],
  [KEY, "private readonly apiKey?: string | undefined = '…';"],
  [PASSWORD, 'password: str = "…"'],
  [KEY, 'let apiKey: String = "…"'],
  [KEY, 'const API_KEY: &str = "…";'],
  [KEY, `static API_KEY: &'static str = "…";`],
  [PASSWORD, 'static const char password[] = "…";'],
  [KEY, '#define API_KEY "…"'],
  [PASSWORD, 'os.environ["DB_PASSWORD"] = "…"'],
  [PASSWORD, 'password: SecretStr = SecretStr("…")'],
  [PASSWORD, '$password = ConvertTo-SecureString "…" -AsPlainText -Force'],
  [KEY, 'const key = process.env.API_KEY ?? "…";'],
  [KEY, "const key = process.env['API_KEY'] || '…';"],
  [PASSWORD, 'os.environ.get("DB_PASSWORD") or "…"'],
  [KEY, 'os.getenv("API_KEY", "…")'],
  [PASSWORD, "define('DB_PASSWORD', '…');"],
  [PASSWORD, 'ds.setPassword("…");'],
  [PASSWORD, '  .password("…")'],
  [WORD, 'ENV DB_PASSWORD …\nEXPOSE 80'],
  [WORD, 'args: ["--password", "…"]'],
  [WORD, "curl -s -X POST -u 'bob:…' https://x.org"],
  [WORD, 'sshpass -p … ssh bob@x.org'],
  [WORD, 'setenv DB_PASSWORD …'],
  [PASSWORD, 'setx DB_PASSWORD "…"'],
  [WORD, '- name: DB_PASSWORD\n  value: …\n- name: X'],
  [PASSWORD, '- name: DB_PASSWORD\n  value: "…"'],
  [WORD, '+  - name: DB_PASSWORD\n+    value: …\n   - name: X'],
  [WORD, '+machine git.corp.net login bob password …'],
  [WORD, '{"name": "DB_PASSWORD", "value": "…"}'],
  [WORD, '<add key="DbPassword" value="…" />'],
  [KEY, 'X-Api-Key: …'],
  [KEY, `curl -H 'X-Api-Key: …' https://x.org`],
  [KEY, 'Authorization: token …'],
  [KEY, "headers: { Authorization: 'ApiKey …' }"],
  [PASSWORD, `CREATE USER 'bob' IDENTIFIED BY '…';`],
  [PASSWORD, `CREATE USER bob IDENTIFIED WITH caching_sha2_password BY '…';`],
  [PASSWORD, `ALTER ROLE bob WITH ENCRYPTED PASSWORD '…';`],
  [UUID, 'API_KEY=…\n'],
  [UUID, '"apiKey": "…",'],
  [LOGIN, '{"auths": {"registry.corp.net": {"auth": "…"}}}'],
  [LOGIN, 'Authorization: Basic …'],
  [KEY, 'password:\n  …\nhost: db'],
  [KEY, 'token: |\n  …\nhost: db'],
  [KEY, 'api_keys:\n  stripe: …\n'],
  [KEY, 'secrets:\n  - …\n'],
  [KEY, 'variable "db_password" {\n  type    = string\n  default = "…"\n}'],
  [KEY, '"cookies": [\n  {\n    "name": "sid",\n    "value": "…",\n    "path": "/"\n  }\n]'],
  [KEY, '{"name": "Cookie", "value": "lang=en; sid=…"}'],
  [KEY, '| Name | API key |\n| --- | --- |\n| prod | `…` |\n'],
  [KEY, '| `API_KEY` | `…` |'],
  [KEY, "const token = jwt.sign({ id: user.id, role: 'admin' }, '…', { expiresIn: '1h' });"],
  [KEY, 'token, err := t.SignedString([]byte("…"))'],
  [KEY, "OpenSSL::HMAC.hexdigest('sha256', '…', data)"],
  [KEY.slice(0, 12), 'password: …\n'],
  [KEY.slice(0, 20), 'token: …\n'],
  [`8123456789:AAH${drawn(32)}`, 'https://api.telegram.org/bot…/sendMessage'],
  [`1234567890123456/${drawn(68)}`, 'https://discord.com/api/webhooks/…'],
  [`${UUID}@${UUID}/IncomingWebhook/${drawn(32)}`, 'https://corp.webhook.office.com/webhookb2/…'],
  [KEY, 'mysqldump -u root -p… shop > shop.sql'],
  [KEY, 'git clone https://…@github.com/corp/app.git'],
  [Buffer.from(PEM).toString('base64'), '    client-key-data: …\n'],
  [`${drawn(64)}\n${drawn(20)}==`, 'PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 2\n…\nPrivate-MAC: 0f'],
];

const ORDINARY: readonly string[] = [
  'password: string; apiKey: string | undefined; token?: Token2',
  'const login = (password: string = "password", token: Token2 = none) => {};',
  'apiKey: process.env.API_KEY1,\ntoken=${TOKEN_1}\npassword = getPassword2()',
  'os.getenv("API_KEY", "your-api-key-1"); os.environ.get("DB_PASSWORD", DEFAULT_PASSWORD1)',
  't("password", "At least 8 characters"); names = ("password", "confirm_password2")',
  'parser.option("--password", "Its 2nd password"); curl -u bob:$PASSWORD_1 x; docker run -u 1000:1000; sshpass -p "$PASS_1" ssh x',
  'path("password", "reset-2fa/")',
  'ds.setPassword(config.password2); ds.setPassword("password"); input.token("access_token_2")',
  'ENV DB_PASSWORD $PASSWORD_1\nARG NPM_TOKEN\nENV TOKEN_FILE /run/secrets/token1',
  '- name: DB_PASSWORD\n  valueFrom: { secretKeyRef: db1 }\n- name: TOKEN\n  value: ${TOKEN_2}\n- name: A_KEY\n  value: a1b2c3d4',
  '<input name="password" value="{{ password1 }}"><input name="password" value="" placeholder="Passw0rd1">',
  'headers: { Authorization: `token ${token1}`, "X-Api-Key": apiKey1 }',
  "ALTER ROLE a WITH PASSWORD '${PASSWORD_1}'; -- the password 'has to be long'",
  '#define PASSWORD_LENGTH 128\n#define TOKEN_NAME "token"',
  '${DB_PASSWORD:?DB_PASSWORD is missing} ${TOKEN:-}',
  'arn:aws:secretsmanager:us-west-2:123456789012:secret:MyTestSecret-a1b2c3',
  `certificate-authority-data: ${Buffer.from(pem('CERTIFICATE')).toString('base64')}`,
  String.raw`"Usage:\n  --password PASSWORD\n  --token TOKEN\n"; /"password": "[^"]+\d"/; "\"password\": \"(?:a|b1)\""`,
  String.raw`/^postgres:\/\/\w+:\w+@[^/]+/; /^https:\/\/(?<user>[^:]+):(?<password>[^@]+)@/`,
  'token = f"users/{user_1}/tokens/{token.id}/a1b2c3"',
  'exports.CreateOAuth2TokenCommand = CreateOAuth2TokenCommand;\nsessionInfo = field("GoogleCloudDialogflowCxV3SessionInfo")',
  '// Applies basic vulnerability scanning; bearer authentication is required.',
  'name:password:UID:GID:GECOS:directory:shell\nreset_password_within = 6.hours\npg_dump --no-password --file=dump1.sql',
  'tokens = {\n  "root": [(r"[a-zA-Z0-9_.-]+", Name), (r"(vmcnt|lgkmcnt|expcnt)", Keyword)],\n}',
  'for token in tokens:\n    indents.append(token2n[ttype])\nprint("%-20s%-15s%-15r" % token)',
  'MAX_TOKENS=128000\nTOKEN_EXPIRES_AT=1999999999999\ntoken_type_id: 4f2504e04f8941d3\nTokenFile=/var/lib/x9k2/token',
  '| Password | Meaning |\n| --- | --- |\n| required | at-least-8-characters-and-1-digit |\n',
  'KEY_CODE_A=65, primaryKey: "user_id_2024", cacheKey = "v2:users:list", publicKey: "MCowBQYDK2VwAyEA1"',
  'password = password.encode("latin1"); token = base64.b16encode(random_bytes[8:])',
  '<label for="password">Password2</label> <a href="#x509checkprivatekeyprivatekey" id="x509checkprivatekeyprivatekey">x</a>',
];

/** A text as it stands in a string of JSON, so many times. */
const inJson = (text: string, times = 1): string => (times === 0 ? text : inJson(JSON.stringify(text).slice(1, -1), times - 1));

describe('a scan for secrets', () => {
  it.each(PLACES)('finds %s in %j', async (secret, place) => {
    const { text, redacted } = await scanText('a', place.replace('…', secret), 'redact');
    for (const line of secret.split('\n')) expect(text).not.toContain(line);
    expect(text.startsWith(place.slice(0, place.indexOf('…') - 4))).toBe(true);
    expect(redacted).toHaveLength(1);
  });

  it.each(PLACES)('finds %s in %j where that stands in JSON, or in JSON in JSON', async (secret, place) => {
    for (const times of [1, 2]) {
      const { text } = await scanText('a', `{"a": "${inJson(`first\n${place.replace('…', secret)}\n`, times)}"}`, 'redact');
      for (const line of inJson(secret).split(String.raw`\n`)) expect(text).not.toContain(line);
      expect(text).toMatch(/^\{"a": "first\\.*"\}$/);
    }
  });

  it.each(ORDINARY)('leaves %j as it is, and in JSON', async (given) => {
    for (const times of [0, 1, 2]) {
      const text = inJson(given, times);
      expect(await scanText('a', text, 'redact')).toEqual({ text, redacted: [] });
    }
  });
});

describe('a secret after an escape', () => {
  it.each([
    String.raw`\n`,
    String.raw`\t`,
    String.raw`\r\n`,
    String.raw`\\n`,
    String.raw`\u000a`,
    String.raw`\x1b[32m`,
    '\u001B[1;32m',
  ])('is found after %j', async (escape) => {
    for (const secret of [GITHUB, `sk-ant-api03-${drawn(93)}AA`, `AKIA${drawn(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`]) {
      const { text, redacted } = await scanText('log', `one\n"é x${escape}${secret}${escape} y"\nthree`, 'redact');
      expect(text).toBe(`one\n"é x${escape}[redacted: ${String(redacted[0]?.kind)}]${escape} y"\nthree`);
      expect(redacted).toMatchObject([{ line: 2 }]);
    }
  });

  it('is found in a notebook whose source is one string, and in one of many strings', async () => {
    const lines = ['import openai\n', `password = "${PASSWORD}"\n`, `api_key = '${KEY}'\n`, `${GITHUB}\n`, `DB_PASSWORD=${WORD}`];
    for (const source of [lines, lines.join('')]) {
      const { text } = await scanText('a.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', source }] }, null, 1), 'redact');
      for (const secret of [PASSWORD, KEY, GITHUB, WORD]) expect(text).not.toContain(secret);
      expect(JSON.parse(text)).toMatchObject({ cells: [{ cell_type: 'code' }] });
    }
  });

  it('is found behind slashes and quotes that are escaped', async () => {
    const hook = `T01234567\\/B01234567\\/${drawn(24)}`;
    const given = String.raw`{"a":"https:\/\/hooks.slack.com\/services\/${hook}","b":"postgres:\/\/bob:v3ryS3cret-pw@db\/x","c":"\u0022password\u0022:\u0022${PASSWORD}\u0022"}`;
    const { text } = await scanText('a.json', given, 'redact');
    for (const secret of [drawn(24), 'v3ryS3cret-pw', PASSWORD]) expect(text).not.toContain(secret);
  });

  it('is replaced as a whole where it holds what looks like an escape', async () => {
    const { text } = await scanText('a', String.raw`password = "Tr0ub\n4dor\"&3xyz"` + '\nx', 'redact');
    expect(text).toBe('password = "[redacted: password]"\nx');
  });
});

describe('a secret in several strings', () => {
  it.each(['" +\n  "', '"\n    "', '" . "', '" \\\n  "'])('is found where they are joined by %j', async (joint) => {
    const [one, two] = [KEY.slice(0, 20), KEY.slice(20)];
    const { text } = await scanText('a', `api_key = "${one}${joint}${two}";\nnext = "words of a sentence"`, 'redact');
    expect(text).toBe(`api_key = "[redacted: secret]${joint}[redacted: secret]";\nnext = "words of a sentence"`);
  });
});
