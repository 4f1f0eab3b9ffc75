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
