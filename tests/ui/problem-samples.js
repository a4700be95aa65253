/** Canned answers of `diagnose` and `explain_text`; titles and steps as the catalogues say them, in both languages. */

/** @param {string} lang */
const teller = (lang) => (/** @type {string} */ en, /** @type {string} */ zh) => (lang === 'zh-CN' ? zh : en);

const report = (diagnoses, gaps = []) => ({ diagnoses, gaps, seconds: 0.8 });
const diagnosis = (id, code, more) => ({ id, code, confidence: 0.95, service: null, params: {}, title: '', why: '', proof: [], steps: [], undecided: null, fixes: [], explains: [], ...more });

/** A data folder of the wrong owner, which two more services wait for; with its fix. @param {string} lang */
export function ownerProblem(lang) {
  const say = teller(lang);
  const log = say('the log of mariadb', 'mariadb 的日志');
  return diagnosis('perm.data_dir_owner', '505', {
    service: 'mariadb', params: { service: 'mariadb', path: './ddl_recovery.log', source: '/media/usb/acme-erp-2.4/data/mariadb', owner: '999:999' },
    title: say('mariadb may not use its data folder: the owner or the permissions do not fit', 'mariadb 无权使用其数据目录：所有者或权限不符'),
    why: say('Inside its container mariadb works as the user 999:999, and the folder belongs to somebody else or lets in too few or too many (permission denied). What is stored already is not damaged by this.', 'mariadb 在容器内以用户 999:999 运行，而该目录属于别人，或者权限过严或过宽（permission denied）。已有的数据不会因此损坏。'),
    proof: [
      { source: log, line: "2026-11-23 14:06:31 0 [ERROR] mariadbd: Can't create/write to file './ddl_recovery.log' (Errcode: 13 \"Permission denied\")" },
      { source: log, line: '2026-11-23 14:06:31 0 [ERROR] DDL_LOG: Failed to create ddl log file: ./ddl_recovery.log' },
      { source: log, line: '2026-11-23 14:06:31 0 [ERROR] Aborting' },
      { source: say('looked at just now', '刚刚查看到'), line: say('data/mariadb belongs to 0:0, mode 755', 'data/mariadb 属于 0:0，权限 755') },
    ],
    steps: [
      say('Stop mariadb. Then, if the folder already holds data, copy it: sudo cp -a "/media/usb/acme-erp-2.4/data/mariadb" "/media/usb/acme-erp-2.4/data/mariadb.copy"', '停止 mariadb。如果目录中已有数据，接着复制一份：sudo cp -a "/media/usb/acme-erp-2.4/data/mariadb" "/media/usb/acme-erp-2.4/data/mariadb.copy"'),
      say('Let Quayside give the folder to the right user, if it offers to; it can be taken back.', '如果 Quayside 提供此修复，让它把目录交给正确的用户；此操作可以撤销。'),
      say('Start mariadb again, then check again.', '再次启动 mariadb，然后重新检查。'),
    ],
    fixes: [{
      id: 'perm.data_dir_owner:mariadb', risk: 'confirm', undoable: true, effect: say('Give data/mariadb to the user 999:999.', '将 data/mariadb 交给用户 999:999。'),
      changes: [{ where: say('/media/usb/acme-erp-2.4/data/mariadb and 214 files in it', '/media/usb/acme-erp-2.4/data/mariadb 及其中 214 个文件'), now: say('owner 0:0', '所有者 0:0'), after: say('owner 999:999', '所有者 999:999') }],
    }],
    explains: ['api', 'worker'],
  });
}

/** A kernel limit: two readings, one of them to be decided. @param {string} lang */
export function limitProblem(lang) {
  const say = teller(lang);
  return diagnosis('host.vm_max_map_count', '123', {
    confidence: 0.7, service: 'search', params: { service: 'search', current: '65530', minimum: '262144' },
    title: say('The kernel allows fewer memory maps than search needs', '内核的内存映射上限低于 search 的要求'),
    why: say('A search engine maps many files into memory. vm.max_map_count is 65530 here and has to be at least 262144, otherwise search ends right after its start.', '搜索引擎会将大量文件映射到内存。这里的 vm.max_map_count 为 65530，至少应为 262144，否则 search 启动后会立即退出。'),
    proof: [{ source: say('the log of search', 'search 的日志'), line: '[1]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]' }],
    steps: [say('Set it now: sudo sysctl -w vm.max_map_count=262144', '立即设置：sudo sysctl -w vm.max_map_count=262144'), say('Start search again, and check again.', '重新启动 search，重新检查。')],
    undecided: say('If the value is already high enough, the log names another check that failed.', '如果该值已足够高，日志会指出另一项未通过的检查。'),
  });
}

/** What nobody knows, with more lines than are shown at once. @param {string} lang */
export function unknownProblem(lang) {
  const say = teller(lang);
  return diagnosis('unknown', '000', {
    confidence: 0, service: 'worker', params: { service: 'worker' },
    title: say('Quayside does not recognise what is wrong with worker', 'Quayside 无法识别 worker 的问题'),
    why: say('Nothing that was found fits a failure Quayside knows, so it names no cause. The last lines are shown exactly as they were written.', '查到的情况与 Quayside 已知的故障都不相符，因此不作猜测。下面是日志的最后几行，一字未改。'),
    proof: Array.from({ length: 9 }, (_, index) => ({ source: say('the log of worker', 'worker 的日志'), line: index === 8 ? 'panic: ledger 7f3a is not where it was left <b>&amp;</b>' : `reading ledger ${index}` })),
    steps: [say('Read the last lines: a path, a port, a file or another program named there often shows what it is about.', '先看最后几行：其中提到的路径、端口、文件或其他程序，往往能看出问题所在。'), say('After every change, check again.', '每次改动之后，重新检查。')],
  });
}

/** @param {string} lang */
export function portProblem(lang) {
  const say = teller(lang);
  return diagnosis('port.in_use', '601', {
    service: null, params: { port: '80', service: say('the service', '该服务') },
    title: say('Port 80 is already used by another program, so the service cannot start', '端口 80 已被另一个程序占用，该服务无法启动'),
    why: say('Two programs cannot share a port. Nothing is broken: one of them needs another port.', '两个程序不能共用一个端口。没有东西损坏：其中一个换用其他端口即可。'),
    proof: [{ source: say('what Compose says', 'Compose 的说明'), line: 'Error response from daemon: driver failed programming external connectivity on endpoint acme-erp-web-1: Bind for 0.0.0.0:80 failed: port is already allocated' }],
    steps: [say('Give the service another port: take one that Quayside offers, or change the number in the package’s .env file.', '为该服务换用另一个端口：采用 Quayside 提供的端口，或修改安装包 .env 文件中的数字。'), say('Or find out which program holds it: sudo ss -lntup "sport = :80"', '或者查明是哪个程序占用了它：sudo ss -lntup "sport = :80"'), say('Start the service again, then check again.', '再次启动该服务，然后重新检查。')],
  });
}

/** @param {string} lang */
export const owners = (lang) => report([ownerProblem(lang)]);
/** @param {string} lang */
export const several = (lang) => report([ownerProblem(lang), limitProblem(lang), unknownProblem(lang)], [{ what: 'containers', why: 'deadline has elapsed' }]);
/** @param {string} lang */
export const limits = (lang) => report([limitProblem(lang)]);
/** @param {string} lang */
export const ports = (lang) => report([portProblem(lang)]);
export const nothing = () => report([]);
