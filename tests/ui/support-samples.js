/** What the support bundle's commands answer, as the library writes it. */

const FILES = [
  ['versions.json', 412, 1], ['package.json', 9_120, 4], ['check.json', 18_204, 3], ['plan.json', 4_710, 0], ['status.json', 6_308, 2], ['evidence.json', 88_412, 31], ['diagnoses.json', 3_905, 2],
  ['operations/2026-11-23T14-02-08-deploy.json', 22_118, 6], ['containers/acme-erp-mariadb-1.json', 8_033, 11], ['logs/acme-erp-mariadb-1.log', 61_227, 0], ['logs/acme-erp-web-1.log', 1_048_576, 214], ['quayside.log', 40_112, 9],
];

export const CONTENT = {
  name: 'versions.json',
  text: '{\n  "quayside": "1.0.0",\n  "system": "Debian GNU/Linux 12",\n  "arch": "x86_64",\n  "host": "[host-name-1]",\n  "docker": "26.1.5+dfsg1",\n  "compose": "2.27.1"\n}\n',
};

export const SUMMARY = { text: 'Quayside 1.0.0, Debian GNU/Linux 12, x86_64\nDocker 26.1.5+dfsg1, Compose 2.27.1\nPackage Acme ERP 2.4, project acme-erp, services: 7\nProblems found: 1\n[505 perm.data_dir_owner] mariadb may not use its data folder: the owner or the permissions do not fit' };

/** A bundle that is looked through; `hosts` stay readable. */
export function supportBundle(hosts = false) {
  const kinds = [['known-secret', 41], ['value', 118], ['url-password', 3], ['auth-header', 12], ['jwt', 7], ['email', 4], ['user-name', 22], ...(hosts ? [] : [['host-name', 31], ['ip-address', 45]])].map(([kind, count]) => ({ kind, count }));
  const files = FILES.map(([name, bytes, redacted]) => ({ name, bytes, redacted }));
  return {
    file: null, bytes: files.reduce((sum, file) => sum + file.bytes, 0), files,
    report: { kinds, files: files.filter((file) => file.redacted > 0).map(({ name, redacted }) => ({ name, kinds: [{ kind: 'value', count: redacted }] })), onlyWhereNamed: 1, hostNames: !hosts },
    gaps: [{ what: 'containers/acme-erp-search-1.json', why: 'No such container: acme-erp-search-1' }],
  };
}

/** The same when it was written. */
export const saved = () => ({ ...supportBundle(), file: '/home/ops/quayside-support.zip', bytes: 184_220 });
