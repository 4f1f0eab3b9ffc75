/**
 * A usual form in which secrets stand, as templates. In a template `…` is the secret, and `{API_KEY}`, `{apiKey}`, `{ApiKey}`,
 * `{api-key}`, `{api_key}` and `{Api key}` are its name in that form's way of writing names.
 */
export type Form = {
  name: string;
  templates: readonly string[];
  /** Characters that a value cannot hold there, because they would end it or mean something else. */
  not: RegExp;
};

const BARE = /[\s"'`,;(){}[\]<>#\\|&$!^~?*=:%@/+]/;
const QUOTED = /["'`\\$\r\n{}]/;

export const FORMS: readonly Form[] = [
  { name: 'env', not: BARE, templates: ['{API_KEY}=…\n', 'HOST=x\n{API_KEY}=…\nPORT=1\n', '{API_KEY}="…"\n', "{API_KEY}='…'\n"] },
  {
    name: 'shell export',
    not: BARE,
    templates: [
      'export {API_KEY}=…\n',
      'export {API_KEY}="…"\n',
      "  {API_KEY}='…' ./run.sh\n",
      'set -x {API_KEY} …\n',
      '$env:{API_KEY} = "…"\n',
    ],
  },
  {
    name: 'YAML, quoted',
    not: QUOTED,
    templates: ['{apiKey}: "…"\n', "  {api_key}: '…'\n", '- {api-key}: "…" # x\n', 'a: { {apiKey}: "…" }\n'],
  },
  {
    name: 'YAML, bare',
    not: BARE,
    templates: [
      '{apiKey}: …\n',
      'db:\n  {api_key}: …\n  host: x\n',
      '  - {api-key}: …\n',
      'a: { {apiKey}: …, b: 1 }\n',
      '{API_KEY}: …  # of ops\n',
      'x.{api-key}: …\n',
    ],
  },
  {
    name: 'JSON',
    not: QUOTED,
    templates: [
      '{ "{apiKey}": "…" }',
      '{"a":1,"{api_key}":"…","b":2}',
      '  "{API_KEY}" : "…",\n',
      '{"{apiKey}s": ["…", "x"]}',
      '"{apiKey}":\n    "…"\n',
    ],
  },
  {
    name: 'name and value apart',
    not: QUOTED,
    templates: [
      '{"name": "{API_KEY}", "value": "…"}',
      '- name: {API_KEY}\n  value: "…"\n',
      '{ "key": "{api_key}", "value": "…" }',
      '{"value": "…", "name": "{API_KEY}"}',
      '"name": "{api_key}",\n      "type": "x",\n      "value": "…"\n',
    ],
  },
  {
    name: 'TOML',
    not: QUOTED,
    templates: ['{api_key} = "…"\n', "{api-key} = '…'\n", 'a = { {api_key} = "…" }\n', '{api_key} = """…"""\n'],
  },
  { name: 'INI', not: BARE, templates: ['[a]\n{api_key} = …\n', '{apiKey}=…\n', '{Api key} = …\n', '{api_key}: …\n'] },
  { name: 'properties', not: BARE, templates: ['app.{api-key}=…\n', 'app.{apiKey} = …\n', 'spring.x.{api-key}: …\n'] },
  {
    name: 'XML attribute',
    not: /["'`<>&\\$\s{}]/,
    templates: [
      '<a {apiKey}="…"/>',
      "<a b='1' {api-key}='…'>",
      '<add key="{ApiKey}" value="…" />',
      '<property name="{api_key}" value="…"/>',
      '<a value="…" key="{ApiKey}"/>',
    ],
  },
  {
    name: 'XML element',
    not: /["'`<>&\\$\s{}]/,
    templates: [
      '<{apiKey}>…</{apiKey}>',
      '<{ApiKey}>\n    …\n  </{ApiKey}>',
      '<property name="{api_key}">…</property>',
      '<key>{ApiKey}</key>\n\t<string>…</string>',
      '<string name="{api_key}">…</string>',
      '<{apiKey}><![CDATA[…]]></{apiKey}>',
    ],
  },
  {
    name: 'JavaScript',
    not: QUOTED,
    templates: [
      "const {apiKey} = '…';",
      'this.{apiKey} = `…`;',
      'new Client({ {apiKey}: "…" })',
      "let {apiKey}: string = '…'",
      "process.env.{API_KEY} || '…'",
      "x['{apiKey}'] = '…'",
      "client.set{ApiKey}('…')",
      "set('{apiKey}', '…')",
    ],
  },
  {
    name: 'Python',
    not: QUOTED,
    templates: [
      '{api_key} = "…"',
      "connect({api_key}='…')",
      "{'{api_key}': '…'}",
      'self.{api_key} = "…"',
      '{API_KEY}: str = "…"',
      'os.environ["{API_KEY}"] = "…"',
      'os.getenv("{API_KEY}", "…")',
      '{api_key} = (\n    "…"\n)',
      "{api_key} = b'…'",
    ],
  },
  {
    name: 'Java',
    not: QUOTED,
    templates: [
      'String {apiKey} = "…";',
      'static final String {API_KEY} = "…";',
      'x.set{ApiKey}("…");',
      'b.{apiKey}("…").build()',
      'props.put("{api-key}", "…");',
      '@Value("${x.{api-key}:…}")',
      'private char[] {apiKey} = "…".toCharArray();',
    ],
  },
  {
    name: 'Go',
    not: QUOTED,
    templates: [
      '{apiKey} := "…"',
      'const {ApiKey} = `…`',
      'Config{ {ApiKey}: "…" }',
      'os.Setenv("{API_KEY}", "…")',
      'var {apiKey} string = "…"',
      'var {apiKey} = []byte("…")',
    ],
  },
  {
    name: 'Ruby',
    not: QUOTED,
    templates: [
      "{api_key} = '…'",
      ":{api_key} => '…'",
      "{api_key}: '…'",
      "ENV['{API_KEY}'] ||= '…'",
      "ENV.fetch('{API_KEY}', '…')",
      'config.{api_key} = "…"',
    ],
  },
  {
    name: 'PHP',
    not: QUOTED,
    templates: [
      "${apiKey} = '…';",
      "'{api_key}' => '…',",
      "define('{API_KEY}', '…');",
      "env('{API_KEY}', '…')",
      '$this->{apiKey} = "…";',
      "putenv('{API_KEY}=…');",
    ],
  },
  {
    name: 'C#',
    not: QUOTED,
    templates: [
      'string {apiKey} = "…";',
      'public const string {ApiKey} = "…";',
      '{ApiKey} = "…",',
      '["{ApiKey}"] = "…"',
      'var {apiKey} = @"…";',
    ],
  },
  {
    name: 'Rust, C, Kotlin',
    not: QUOTED,
    templates: [
      'const {API_KEY}: &str = "…";',
      'let {api_key} = "…".to_string();',
      '{api_key}: String::from("…"),',
      '#define {API_KEY} "…"',
      'static const char {api_key}[] = "…";',
      'val {apiKey} = "…"',
      'char *{api_key} = "…";',
    ],
  },
  {
    name: 'command line',
    not: BARE,
    templates: [
      'x --{api-key} …',
      'x --{api-key}=… -v',
      'x --{api_key} "…"',
      "x --{api-key}='…'",
      'java -Dapp.{apiKey}=… -jar x',
      'Run-It -{ApiKey} "…"',
      '["--{api-key}", "…"]',
      'docker run -e {API_KEY}=… x',
      'helm x --set a.{apiKey}=…',
      'x /{apiKey}:…',
    ],
  },
  {
    name: 'HTTP header',
    not: BARE,
    templates: [
      'X-{Api-Key}: …\n',
      "-H 'X-{Api-Key}: …'",
      '"x-{api-key}": "…"',
      'Authorization: Bearer …\n',
      '"Authorization": "Bearer …"',
      "headers['X-{Api-Key}'] = '…'",
      'Authorization: token …\n',
      'Authorization: Basic …=\n',
    ],
  },
  {
    name: 'cookie',
    not: BARE,
    templates: [
      'Cookie: a=b; session=…; c=d\n',
      'Set-Cookie: sid=…; Path=/; HttpOnly\n',
      "-b 'sessionid=…'",
      '"cookie": "lang=en; {api_key}=…"',
      '"cookies": [{ "name": "sid", "value": "…" }]',
      '.x.org\tTRUE\t/\tTRUE\t0\tsession\t…\n',
      '{"name": "Cookie", "value": "a=b; sid=…"}',
    ],
  },
  {
    name: 'URL',
    not: BARE,
    templates: [
      'https://bob:…@git.x.org/a',
      'https://x.org/a?{api_key}=…',
      'https://x.org/a?b=1&{apiKey}=…&c=2',
      'postgres://app:…@db:5432/x',
      'https://x.org/#{api_key}=…',
      'amqp://:…@mq',
    ],
  },
  {
    name: 'next line',
    not: QUOTED,
    templates: [
      '{apiKey}:\n  "…"\n',
      '{API_KEY} = \\\n  "…"\n',
      '  {api_key}:\n    …\n',
      'const {apiKey} =\n  "…";',
      '{Api key}:\n…\n',
      '**{Api key}**\n\n`…`\n',
    ],
  },
  {
    name: 'block scalar',
    not: BARE,
    templates: [
      '{apiKey}: |\n  …\n',
      '{api_key}: >-\n    …\nx: 1\n',
      '  {API_KEY}: |-\n    …\n',
      '{api-key}: >\n  …\n',
      '{apiKey}: !!str |\n  …\n',
    ],
  },
  {
    name: 'markdown table',
    not: BARE,
    templates: [
      '| {API_KEY} | … |\n',
      '| {Api key} | `…` | x |\n',
      '|{api_key}|…|\n',
      '| user | {api_key} |\n| --- | --- |\n| bob | … |\n',
      '| `{API_KEY}` | `…` |\n',
      '| {Api key} | host |\n|---|---|\n| … | x |\n| a | b |\n',
    ],
  },
  {
    name: 'prose',
    not: BARE,
    templates: [
      'The {Api key} is …\n',
      '{Api key}: `…`\n',
      '- **{Api key}:** …\n',
      'use the {Api key} "…" there',
      '{Api key} = …\n',
      'with {Api key} `…`.',
    ],
  },
  {
    name: 'CSV',
    not: BARE,
    templates: [
      'user,{api_key}\nbob,…\n',
      'user;{api_key};x\nbob;…;1\n',
      '"user","{api_key}"\n"bob","…"\n',
      'user\t{api_key}\nbob\t…\n',
      '{API_KEY},…\n',
    ],
  },
  {
    name: 'call that signs',
    not: QUOTED,
    templates: [
      "jwt.sign({ id: 1 }, '…')",
      "jwt.verify(token, '…', cb)",
      "createHmac('sha256', '…')",
      'jwt.encode(payload, "…", algorithm="HS256")',
      'hmac.new(b"…", x)',
      'Fernet("…")',
      'Keys.hmacShaKeyFor("…".getBytes())',
    ],
  },
];

/** Each form's way of writing a name of some words. */
const SPELLINGS: Readonly<Record<string, (words: readonly string[]) => string>> = {
  '{API_KEY}': (words) => words.join('_').toUpperCase(),
  '{api_key}': (words) => words.join('_'),
  '{api-key}': (words) => words.join('-'),
  '{Api-Key}': (words) => words.map(capital).join('-'),
  '{apiKey}': ([first = '', ...rest]) => first + rest.map(capital).join(''),
  '{ApiKey}': (words) => words.map(capital).join(''),
  '{Api key}': ([first = '', ...rest]) => [capital(first), ...rest].join(' '),
};

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** A template with its name in it; the secret's place stays `…`. */
export const named = (template: string, words: readonly string[]): string =>
  Object.entries(SPELLINGS).reduce((text, [place, spell]) => text.replaceAll(place, () => spell(words)), template);

/** Names that say that what they are given is secret. */
export const NAMES: readonly (readonly string[])[] = [
  ['password'],
  ['db', 'password'],
  ['passwd'],
  ['pwd'],
  ['admin', 'pass'],
  ['passphrase'],
  ['secret'],
  ['client', 'secret'],
  ['jwt', 'secret'],
  ['webhook', 'secret'],
  ['token'],
  ['access', 'token'],
  ['refresh', 'token'],
  ['bot', 'token'],
  ['aws', 'session', 'token'],
  ['api', 'key'],
  ['openai', 'api', 'key'],
  ['secret', 'key'],
  ['private', 'key'],
  ['access', 'key'],
  ['encryption', 'key'],
  ['signing', 'key'],
  ['auth', 'token'],
];

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ALNUM = LOWER + LOWER.toUpperCase() + DIGITS;

/** Values that programs draw: an alphabet, and lengths. */
export const DRAWS: readonly { name: string; alphabet: string; lengths: readonly number[] }[] = [
  { name: 'letters and digits', alphabet: ALNUM, lengths: [12, 14, 16, 20, 24, 32, 40, 64] },
  { name: 'small letters and digits', alphabet: LOWER + DIGITS, lengths: [12, 16, 20, 25, 32, 50] },
  { name: 'capitals and digits', alphabet: LOWER.toUpperCase() + DIGITS, lengths: [12, 16, 20, 32] },
  { name: 'letters', alphabet: LOWER + LOWER.toUpperCase(), lengths: [12, 16, 20, 32] },
  { name: 'small letters', alphabet: LOWER, lengths: [14, 16, 20, 32] },
  { name: 'hexadecimal', alphabet: DIGITS + 'abcdef', lengths: [12, 16, 24, 32, 40, 64, 128] },
  { name: 'base64url', alphabet: ALNUM + '-_', lengths: [12, 16, 22, 32, 43, 86, 300, 1200] },
  { name: 'base64', alphabet: ALNUM + '+/', lengths: [24, 32, 44, 64, 344, 2000] },
  { name: 'with signs', alphabet: ALNUM + '!@#%^&*-_=+?.', lengths: [12, 14, 16, 20, 32] },
];
