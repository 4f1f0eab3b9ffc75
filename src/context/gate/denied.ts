import { relative } from 'node:path';

/** Files that hold credentials by their very name. Matched against the whole real path, in lower case. */
const DENIED: readonly { kind: string; files: RegExp }[] = [
  {
    kind: 'an environment file',
    files:
      /\/(?:\.env(?!\.(?:example|sample|template)$)(?:[.\-_][^/]*)?|\.envrc|(?!(?:example|sample|template)\.env$)[^/]+\.env)$/,
  },
  {
    kind: 'a package registry’s credentials',
    files:
      /\/(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pypirc|\.gem\/credentials|\.cargo\/credentials(?:\.toml)?|nuget\.config|\.bunfig\.toml)$/,
  },
  {
    // Elsewhere `auth.json` is a translation or a test's data: these are its tools' own places, and the top of a project.
    kind: 'a package registry’s credentials',
    files: /(?:^|\/(?:\.?composer|containers))\/auth\.json$/,
  },
  {
    kind: 'a login for the network',
    files:
      /\/(?:\.netrc|_netrc|\.git-credentials|\.gitcookies|\.htpasswd|\.pgpass|\.my\.cnf|\.s3cfg|\.boto|\.dockercfg|\.authinfo(?:\.gpg)?)$/,
  },
  {
    kind: 'a private key',
    files: /\/(?:id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?(?:[.\-_][^/]*)?|ssh_host_[^/]*_key)(?<!\.pub)$/,
  },
  {
    kind: 'a key or certificate store',
    files: /\.(?:pem|key|p12|pfx|pkcs12|p8|jks|keystore|bks|ppk|asc|gpg|kdbx?|agekey|jwk|ovpn|mobileprovision)$/,
  },
  {
    kind: 'a credentials folder',
    files:
      /\/(?:\.aws|\.ssh|\.gnupg|\.azure|\.gcloud|\.config\/gcloud|\.config\/gh|\.config\/op|\.terraform\.d|\.password-store|\.vault|\.1password|\.oci|\.chef)(?:\/|$)/,
  },
  {
    kind: 'a cluster’s or registry’s credentials',
    files: /\/(?:\.kube\/(?:config|cache)|\.docker\/config\.json|kubeconfig|[^/]+\.kubeconfig|\.helm\/repository)(?:\/|$)/,
  },
  { kind: 'a credentials file', files: /\/(?:credentials?|\.credentials?)(?:\.(?:json|ya?ml|toml|ini|xml|csv|txt|db|enc))?$/ },
  {
    kind: 'a credentials file',
    files:
      /\/(?:client[_-]?secrets?|service[_-]?account|application_default_credentials|gha-creds|firebase-adminsdk)[^/]*\.json$|\/[^/]*(?:serviceaccount|service[_-]account|firebase-adminsdk)[^/]*\.json$/,
  },
  {
    kind: 'a file of secrets',
    files:
      /\/(?:\.?secrets?(?:\.[^/]+)?\.(?:json|ya?ml|toml|ini|env|txt|properties)|\.vault-token|\.vault_pass(?:\.txt)?|vault[_-]?pass(?:word)?(?:\.txt)?|master\.key|\.dev\.vars)$/,
  },
  {
    kind: 'the state or variables of Terraform',
    files: /\.(?:tfstate(?:\.[^/]*)?|tfvars(?:\.json)?)$|\/(?:\.terraformrc|terraform\.rc)$/,
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
      /\/(?:switchboard(?:-nodejs)?\/(?:config\.yaml|ledger[^/]*|[^/]+\.(?:db|sqlite)(?:-\w+)?)|switchboard[^/]*\.(?:db|sqlite)(?:-\w+)?)$/,
  },
  {
    kind: 'an agent’s login',
    files:
      /\/(?:\.claude\.json|\.claude\/\.credentials\.json|\.codex\/auth\.json|opencode\/auth\.json|\.gemini\/oauth_creds\.json|oauth_creds\.json|\.copilot\/[^/]*token[^/]*)$/,
  },
];

/**
 * What kind of credentials lie at a path, or undefined where its name says nothing. A folder is given with `/` at its end: names
 * of files say nothing of it. In lower case, because some file systems take `.ENV` for `.env`, and NFKC, because some take what
 * looks alike.
 */
export function deniedAs(path: string): string | undefined {
  const name = `/${path.normalize('NFKC').toLowerCase().replaceAll('\\', '/').replace(/^\/+/, '')}`;
  return DENIED.find(({ files }) => files.test(name))?.kind;
}

/** As `deniedAs`, for what lies below `root`: some names hold credentials only at the top of a project. Both absolute and real. */
export function deniedIn(root: string, real: string, folder = false): string | undefined {
  const end = folder ? '/' : '';
  return deniedAs(real + end) ?? deniedAs(relative(root, real) + end);
}
