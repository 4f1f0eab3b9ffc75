import { describe, expect, it } from 'vitest';
import { CANARY, openStage } from './stage.ts';

/** Copies that editors, systems and people make of files of credentials. */
const COPIES = [
  '.env~',
  '.env copy',
  '.env copy 2',
  '.env - Copy',
  '#.env#',
  '.#.env',
  '..env.swp',
  'production.env~',
  '.npmrc.bak',
  '.npmrc~',
  '.netrc.bak',
  '.pypirc~',
  '.pgpass.orig',
  '.bash_history~',
  'id_rsa~',
  'id_rsa (1)',
  'server.pem.bak',
  'server.pem.bak~',
  'server.key.old',
  'server.key.1',
  'server.key~',
  'server.key.~3~',
  'server copy.pem',
  'server (2).p12',
  'credentials.json.bak',
  'credentials.json.20261121',
  'credentials (1).json',
  'credentials_old.json',
  'Copy of credentials.json',
  'client_secret_1 (1).json',
  '.docker/config.json.bak',
  '.kube/config.bak',
  '.kube.bak/config',
  '.ssh~/known_hosts',
  '.git.old/config',
  'wallet.dat.bak',
];

const PLACES = [
  '.flaskenv',
  '.envs/.local/.django',
  '.kube/prod.yaml',
  'kubeconfig',
  'kubeconfig.yaml',
  'kubeconfig-prod.yml',
  'prod-kubeconfig.yaml',
  'prod.kubeconfig',
  '.dockerconfigjson',
  'rclone.conf',
  '.databrickscfg',
  '.m2/settings-security.xml',
  '.gradle/gradle.properties',
  '.vercel/auth.json',
  '.kaggle/kaggle.json',
  '.huggingface/token',
  '.mylogin.cnf',
  '.pg_service.conf',
  '.msmtprc',
  '.curlrc',
  'wg0.conf',
  'wireguard/home.conf',
  'app.pk8',
  'code.pvk',
  'private.der',
  'ca-private-key.der',
  'release.asc',
  '.secrets/token.txt',
  '.azure/azureProfile.json',
  'switchboard/ledger',
  '.sentryclirc',
  '.bundle/config',
  '.config/pip/pip.conf',
  '.cargo/credentials.toml',
  '.vscode/sftp.json',
  '.idea/webServers.xml',
  'sftp-config.json',
  'android/key.properties',
  '.dbt/profiles.yml',
  '.mcp.json',
  '.cursor/mcp.json',
  'cline_mcp_settings.json',
  'claude_desktop_config.json',
  '.codex/config.toml',
  '.gemini/settings.json',
  '.config/gh/hosts.yml',
  '.config/hub',
  '.config/rclone/rclone.conf',
  '.config/github-copilot/apps.json',
  '.boto',
  '.vault-password',
  '.ansible_vault_pass',
  '.terraform.d/credentials.tfrc.json',
  'jupyter_server_config.json',
  'local.settings.json',
  '.env.local',
  '.env.production.local',
  '.envrc.local',
];

/** Forms that are to be filled in: they are read, and what is in them is searched. */
const FORMS = [
  '.env.dist',
  '.env.defaults',
  '.env.default',
  '.env.sample',
  '.env.template',
  '.env.local.example',
  '.env-example',
  'example.env',
  'prod.sample.env',
  '.envrc.example',
  'secrets.dist.yml',
  '.mcp.example.json',
];

const INNOCENT = [
  'pkg/kubeconfig/load.go',
  'pkg/kubeconfig_test.go',
  'locales/en/credentials.json',
  'src/i18n/de/secrets.json',
  'lang/credentials.yaml',
  'k8s/serviceaccount.json',
  'deploy/helm/app/service-account.json',
  'service_account.schema.json',
  'secrets.example.yml',
  '.azure/pipelines/ci.yml',
  'KEYS.asc',
  'public-key.asc',
  'app-1.0.tar.gz.asc',
  'example.tfvars',
  'src/switchboard/ledger-types.ts',
  'src/secrets/scan.ts',
  'src/wireguard/tunnel.ts',
  'server.der',
  'README.md~',
  'notes (1).md',
  'package-1.json',
  'token copy.ts',
  'keys.ts.orig',
  'src/mcp.ts',
  'docs/mcp.md',
  '.vscode/settings.json',
  '.idea/modules.xml',
  'gradle/gradle.properties',
  'src/settings.json',
  'lib/bundle/config.ts',
  'pip/pip.py',
  'dbt/models/profiles.sql',
  '.netlify/state.json',
  'app.key.ts',
];

describe('what is denied by its name', () => {
  it.each([
    ['copies', COPIES],
    ['places of credentials', PLACES],
  ])('is refused, found and left out: %s', async (_, names) => {
    await using stage = await openStage();
    await stage.write('in/ok.txt', 'fine');
    for (const name of names) await stage.write(`in/${name}`, CANARY);
    const named = await Promise.all(names.map((name) => stage.ask({ files: [`in/${name}`] })));
    expect(names.filter((_name, at) => !/never sent/.test(named[at]?.failure?.message ?? ''))).toEqual([]);
    const found = await Promise.all(['in', 'in/**'].map((files) => stage.ask({ files: [files] })));
    for (const { all, gathered } of found) {
      expect(all).not.toContain(CANARY);
      expect(gathered?.sent.map(({ path }) => path)).toEqual(['in/ok.txt']);
    }
  });

  it('reads forms that are to be filled in, without the secrets in them', async () => {
    await using stage = await openStage();
    for (const name of FORMS) await stage.write(name, 'HOST=x\nDB_PASSWORD=x8Kd93jsLq2PvT4m\n');
    const named = await Promise.all(FORMS.map((name) => stage.ask({ files: [name] })));
    expect(named.flatMap(({ failure }) => failure?.message ?? [])).toEqual([]);
    const { gathered, all } = await stage.ask({ files: ['.'] });
    expect(gathered?.sent.map(({ path }) => path).toSorted()).toEqual(FORMS.toSorted());
    expect(all).not.toContain('x8Kd93jsLq2PvT4m');
  });

  it('does not hold up what only sounds like it', async () => {
    await using stage = await openStage();
    for (const name of INNOCENT) await stage.write(name, 'fine');
    const named = await Promise.all(INNOCENT.map((name) => stage.ask({ files: [name] })));
    expect(named.flatMap(({ failure }) => failure?.message ?? [])).toEqual([]);
    const { gathered } = await stage.ask({ files: ['.'] });
    expect(gathered?.sent.map(({ path }) => path).toSorted()).toEqual(INNOCENT.toSorted());
  });

  it('is refused where only the way to the project sounds innocent', async () => {
    await using stage = await openStage();
    await stage.write('lang/app/credentials.json', CANARY);
    await stage.write('lang/app/ok.txt', 'fine');
    const { gathered, all } = await stage.ask({ files: ['.'] }, { roots: [`${stage.project}/lang/app`] });
    expect(gathered?.sent).toMatchObject([{ path: 'ok.txt' }]);
    expect(all).not.toContain(CANARY);
  });
});
