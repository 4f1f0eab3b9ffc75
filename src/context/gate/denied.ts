import { relative } from 'node:path';

/** Words for a form that is to be filled in: it is read, and searched for secrets like any other text. */
const FORM_WORDS = 'examples?|samples?|templates?|tpl|tmpl|dist|defaults?|schema|skel(?:eton)?';

/** Forms: `secrets.example.yml`, `example.tfvars`, `service_account.schema.json`, `.env.dist`. */
const FORM = new RegExp(`[./_-](?:${FORM_WORDS})(?:\\.[a-z]+)?$`);

/** Words of an interface by their place: what is in them is searched for secrets like any other text. */
const TRANSLATION =
  /\/(?:locales?|i18n|l10n|langs?|languages?|translations?)\/(?:[^/]+\/){0,8}(?:credentials?|secrets?)\.(?:json|ya?ml|toml|xml|txt|properties)$/;

/** Manifests for Kubernetes: a ServiceAccount there is a name and rights, no key. */
const MANIFEST = /\/(?:k8s|kubernetes|kustomize|manifests|helm|charts)\/(?:[^/]+\/){0,8}service[_-]?accounts?\.json$/;

/** Public keys and signatures. */
const PUBLIC =
  /\/(?:keys|pub(?:lic)?[^/]*|[^/]*[._-]pub(?:lic)?[^/]*|[^/]*\.(?:tar|t?gz|tgz|bz2|xz|zip|jar|pom|whl|deb|rpm|dmg|exe|iso|txt))\.asc$/;

/** Files that hold credentials by their very name, `but` those. Matched against the whole real path, in lower case. */
const DENIED: readonly { kind: string; files: RegExp; but?: RegExp }[] = [
  {
    kind: 'an environment file',
    files: /\/(?:\.env(?:[.\-_][^/]*)?|\.envrc(?:[.\-_][^/]*)?|\.flaskenv|[^/]+\.env)$/,
    but: new RegExp(`/(?:\\.env(?:rc)?[.\\-_](?:[^/]*[.\\-_])?(?:${FORM_WORDS})|(?:[^/]*[.\\-_])?(?:${FORM_WORDS})\\.env)$`),
  },
  {
    kind: 'a package registry’s credentials',
    files:
      /\/(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pypirc|\.?pip\/pip\.(?:conf|ini)|\.pip\.conf|\.gem\/credentials|\.bundle\/config|\.cargo\/credentials(?:\.toml)?|nuget\.config|\.bunfig\.toml|\.m2\/settings(?:-security)?\.xml|\.gradle\/gradle\.properties|\.hex\/hex\.config|\.config\/pypoetry\/auth\.toml|\.condarc|\.lein\/credentials\.clj(?:\.gpg)?|\.sbt\/\.credentials|\.ivy2\/\.credentials|\.luarocks\/config\.lua|\.cpanrc|\.pause)$/,
  },
  {
    // Elsewhere `auth.json` is a translation or a test's data: these are its tools' own places, and the top of a project.
    kind: 'a package registry’s credentials',
    files: /(?:^|\/(?:\.?composer|containers|\.docker))\/auth\.json$/,
  },
  {
    kind: 'a login for the network',
    files:
      /\/(?:\.netrc|_netrc|\.git-credentials|\.gitcookies|\.htpasswd|\.pgpass|\.pg_service\.conf|\.my\.cnf|\.mylogin\.cnf|\.s3cfg|\.boto|\.dockercfg|\.dockerconfigjson|\.authinfo(?:\.gpg)?|\.msmtprc|\.fetchmailrc|\.curlrc|\.wgetrc|rclone\.conf|\.databrickscfg|\.snowsql\/config|\.snowflake\/(?:config|connections)\.toml|\.dbt\/profiles\.ya?ml|\.passwd-s3fs|\.smbcredentials|\.muttrc|\.offlineimaprc|\.mbsyncrc|\.davfs2\/secrets|\.lftp\/bookmarks|\.ncftp\/bookmarks|\.mc\/config\.json|wpa_supplicant\.conf|\.pgadmin\/pgadmin4\.db|credentials-config\.json|filezilla\/(?:sitemanager|recentservers)\.xml|sitemanager\.xml|winscp\.ini|datasources\.local\.xml|wg\d{1,3}\.conf|wireguard\/[^/]+\.conf)$/,
  },
  {
    kind: 'a private key',
    files: /\/(?:id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?(?:[.\-_][^/]*)?|ssh_host_[^/]*_key)(?<!\.pub)$/,
  },
  {
    kind: 'a key or certificate store',
    files:
      /\.(?:pem|key|p12|pfx|pkcs12|p8|pk8|pvk|jks|keystore|bks|ppk|asc|gpg|kdbx?|agekey|jwk|ovpn|mobileprovision)$|\/(?:[^/]*[._-])?private(?:[._-][^/]*)?\.der$/,
    but: PUBLIC,
  },
  {
    kind: 'a credentials folder',
    files:
      /\/(?:\.aws|\.ssh|\.gnupg|\.kube|\.gcloud|\.config\/(?:gcloud|gh|glab-cli|hub|op|doctl|stripe|rclone|netlify|configstore|heroku|supabase|railway|ngrok|sops|linode-cli|hcloud|scw|fly|vercel)|\.railway|\.heroku|\.ngrok2?|\.doctl|\.linode-cli|\.terraform\.d|\.password-store|\.vault|\.1password|\.oci|\.chef|\.secrets?|\.envs|\.fly)(?:\/|$)/,
  },
  {
    // In a project the folder may hold pipelines, which a walk has to reach.
    kind: 'a credentials folder',
    files: /\/\.azure(?:$|\/(?!$|(?:pipelines|templates)\/))/,
  },
  {
    kind: 'a cluster’s or registry’s credentials',
    files:
      /\/(?:\.docker\/config\.json|(?:[^/]+[._-])?kubeconfig(?:[_-][\w-]{0,60})?(?:\.(?:ya?ml|json|conf|txt))?)$|\/\.helm\/repository(?:\/|$)/,
  },
  {
    kind: 'a credentials file',
    files: /\/(?:credentials?|\.credentials?)(?:\.(?:json|ya?ml|toml|ini|xml|csv|txt|db|enc))?$/,
    but: TRANSLATION,
  },
  {
    kind: 'a credentials file',
    files:
      /\/(?:client[_-]?secrets?|service[_-]?account|application_default_credentials|gha-creds|firebase-adminsdk)[^/]*\.json$|\/[^/]*(?:serviceaccount|service[_-]account|firebase-adminsdk)[^/]*\.json$/,
    but: new RegExp(`${FORM.source}|${MANIFEST.source}`),
  },
  {
    kind: 'a file of secrets',
    files:
      /\/(?:\.?secrets?(?:\.[^/]+)?\.(?:json|ya?ml|toml|ini|env|txt|properties)|\.vault-token|\.?vault[_-]?pass(?:word)?(?:[._-]file)?(?:\.txt)?|\.ansible[_-]vault[_-]pass(?:word)?|master\.key|key\.properties|keystore\.properties|signing\.properties|\.dev\.vars(?:\.[^/]+)?|jupyter_server_config\.json|jupyter_notebook_config\.json|local\.settings\.json|\.htdigest|\.streamlit\/secrets\.toml)$/,
    but: new RegExp(`${FORM.source}|${TRANSLATION.source}`),
  },
  {
    kind: 'the state or variables of Terraform',
    files: /\.(?:tfstate(?:\.[^/]*)?|tfvars(?:\.json)?)$|\/(?:\.terraformrc|terraform\.rc|credentials\.tfrc\.json)$/,
    but: FORM,
  },
  { kind: 'the inside of a repository', files: /\/(?:\.git|\.hg|\.svn|\.bzr)(?:\/|$)/ },
  {
    kind: 'a shell’s or program’s history',
    files:
      /\/\.(?:[a-z0-9]*_history|history|lesshst|viminfo|python_history|node_repl_history)$|\/(?:fish_history|consolehost_history\.txt)$/,
  },
  { kind: 'a wallet', files: /\/(?:wallet\.(?:dat|json)|[^/]*\.wallet|utc--[^/]+|[^/]*\.keyfile)$/ },
  {
    kind: 'a browser’s or system’s store of passwords',
    files:
      /\/(?:login data|logins\.json|key[34]\.db|cookies\.sqlite|login\.keychain(?:-db)?|[^/]+\.keychain(?:-db)?|shadow|gshadow|master\.passwd)$/,
  },
  {
    kind: 'Switchboard’s own data',
    files:
      /\/(?:switchboard(?:-nodejs)?\/(?:config\.yaml|ledger(?:\.jsonl?)?|[^/]+\.(?:db|sqlite)(?:-\w+)?)|switchboard[^/]*\.(?:db|sqlite)(?:-\w+)?)$/,
  },
  {
    kind: 'a login for a service',
    files:
      /\/(?:(?:\.vercel|com\.vercel\.cli)\/auth\.json|kaggle\.json|\.?huggingface\/(?:stored_)?tokens?|\.pulumi\/credentials\.json|\.sentryclirc|\.hub|gh\/hosts\.ya?ml|\.travis\/config\.yml|\.circleci\/cli\.yml|\.wakatime\.cfg|\.s3curl|\.boxrc|\.transifexrc|\.ngrok2?\/ngrok\.yml|\.twilio-cli\/config\.json|\.okta\/okta\.yaml|\.codecov\.token|\.snyk\/\S{1,40}\.json|configstore\/(?:firebase-tools|snyk|netlify)[^/]*\.json|\.wrangler\/config\/default\.toml|\.wrangler\/\.dev\.vars|\.cloudflared\/[^/]+\.(?:json|pem)|\.expo\/state\.json|\.netlify\/config\.json)$/,
  },
  {
    kind: 'an agent’s login',
    files:
      /\/(?:\.claude\.json|\.claude\/\.credentials\.json|\.codex\/(?:auth\.json|config\.toml)|opencode\/auth\.json|\.gemini\/(?:oauth_creds|settings)\.json|oauth_creds\.json|\.copilot\/[^/]*token[^/]*|\.config\/github-copilot\/[^/]+\.json|\.qwen\/(?:oauth_creds|settings)\.json|\.continue\/config\.(?:json|ya?ml)|\.aider\.conf\.ya?ml|\.goose\/config\.ya?ml|\.config\/goose\/config\.ya?ml|\.config\/io\.datasette\.llm\/keys\.json)$/,
  },
  {
    // Their `env` and `headers` are where people put keys.
    kind: 'a list of MCP servers, which often holds their keys',
    files:
      /\/(?:\.?mcp\.json|mcp[_-](?:servers?|config|settings)\.json|[^/]*[_-]mcp[_-]settings\.json|claude_desktop_config\.json|\.mcp-auth(?:\/.*)?)$/,
    but: FORM,
  },
  {
    kind: 'an editor’s login for servers',
    files:
      /\/(?:\.(?:vscode|idea)\/(?:s?ftp(?:-sync|-simple)?|sshfs|deployment|webservers|datasources(?:\.local)?|sshconfigs)\.(?:json|xml)|s?ftp-config(?:-alt\d?)?\.json|\.ftpconfig|\.remote-sync\.json|\.sftp-config\.json|\.ftppass|\.ftpquota)$/,
  },
];

/** How editors, systems and people name a copy: each is cut off, and what is left is the name that it was copied from. */
const COPIED: readonly [RegExp, string][] = [
  [/^#(.+)#$/, '$1'],
  [/^\.#(?=.)/, ''],
  [/^\.(.+)\.sw[a-p]$/, '$1'],
  [/(?:\.~\d{1,4})?~$/, ''],
  [/^copy of /, ''],
  [/(?: - copy| copy)?(?: ?\(\d{1,4}\)| \d{1,4})(?=\.[a-z\d]{1,12}$|$)/, ''],
  [/(?: - copy| copy)(?=\.[a-z\d]{1,12}$|$)/, ''],
  [/[._-](?:bak|backup|bkp|old|orig|original|save|saved|sw[a-p]|tmp|temp|copy)\d{0,3}(?=\.[a-z\d]{1,12}$|$)/, ''],
  [/[._-]\d[\d_t-]{0,20}$/, ''],
];

/** What every copy has in its name and most paths have not; those are not taken apart. */
const MAYBE_COPIED = /[~#)]|copy|[ ._-](?:\d|ba|bk|ol|or|sa|sw|t[em])/;

const ofCopy = (name: string): string => COPIED.reduce((left, [mark, instead]) => left.replace(mark, instead) || left, name);

/** A name may be that of a copy of a copy, so many times. */
const MOST_COPIES = 4;

const named = (path: string): string | undefined =>
  DENIED.find(({ files, but }) => files.test(path) && but?.test(path) !== true)?.kind;

/**
 * What kind of credentials lie at a path, or undefined where its name says nothing: neither the name itself nor, for a copy, that
 * of the original. A folder is given with `/` at its end: names of files say nothing of it. In lower case, because some file
 * systems take `.ENV` for `.env`, and NFKC, because some take what looks alike.
 */
export function deniedAs(path: string): string | undefined {
  const plain = path.normalize('NFKC').toLowerCase().replaceAll('\\', '/');
  // Windows takes `.env.` and `.env ` for .env.
  let name = `/${plain.replaceAll(/(?<=[^/.])[. ]+(?=\/|$)/g, '').replace(/^\/+/, '')}`;
  for (let copies = 0; copies <= MOST_COPIES; copies += 1) {
    const kind = named(name);
    if (kind !== undefined) return kind;
    const original = MAYBE_COPIED.test(name) ? name.split('/').map(ofCopy).join('/') : name;
    if (original === name) return undefined;
    name = original;
  }
  return undefined;
}

/** As `deniedAs`, for what lies below `root`: some names hold credentials only at the top of a project. Both absolute and real. */
export function deniedIn(root: string, real: string, folder = false): string | undefined {
  const end = folder ? '/' : '';
  return deniedAs(real + end) ?? deniedAs(relative(root, real) + end);
}
