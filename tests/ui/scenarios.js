/**
 * Canned states of the page: the same data drives the unit tests and the preview in a browser. Sentences that Rust would
 * have rendered are written here in both languages, as the catalogues would say them.
 */

import { CONTENT, saved, SUMMARY, supportBundle } from './support-samples.js';
import { limits, nothing, owners, ports, several } from './problem-samples.js';

/** @param {string} lang */
const teller = (lang) => (/** @type {string} */ en, /** @type {string} */ zh) => (lang === 'zh-CN' ? zh : en);

export const NOW = Date.parse('2026-11-23T14:06:12Z');
const DIRECTORY = '/media/usb/acme-erp-2.4';

const NAMES = ['web', 'api', 'worker', 'mariadb', 'redis', 'search', 'migrate'];
const DEPENDS = { web: ['api'], api: ['mariadb', 'redis', 'migrate'], worker: ['mariadb', 'redis'], migrate: ['mariadb'] };
const ARCHIVES = [
  ['images/mariadb-10.11-amd64.tar', 'mariadb:10.11', 405e6],
  ['images/erp-web-amd64.tar', 'acme/erp-web:2.4', 384e6],
  ['images/erp-api-amd64.tar', 'acme/erp-api:2.4', 2100e6],
  ['images/search-amd64.tar', 'opensearch:2.13', 812e6],
  ['images/redis-7.2-amd64.tar', 'redis:7.2', 41e6],
];
const IMAGE_OF = { web: 1, api: 2, worker: 2, migrate: 2, mariadb: 0, redis: 4, search: 3 };

const port = (published, target) => ({ hostIp: null, published, target, protocol: 'tcp' });

/** The two of Acme have one system below them. @param {string} ref */
const sharing = (ref) => (ref.startsWith('acme/') ? { sharedBytes: 204e6, sharedWith: [ref.includes('web') ? 'acme/erp-api:2.4' : 'acme/erp-web:2.4'] } : { sharedBytes: 0, sharedWith: [] });

/** @param {string} lang */
const audit = (lang, say = teller(lang)) => [{ id: 'audit.no_healthcheck', severity: 'warning', file: 'docker-compose.yml', line: 31, service: 'worker', params: {}, message: say('worker has no health check', 'worker 没有健康检查'), why: say('Nobody can tell whether it works, only that it runs.', '只能看到它在运行，无法得知它是否正常。'), advice: say('Write a healthcheck for it.', '为它编写 healthcheck。') }];

export function packageView(names = NAMES, lang = 'en') {
  return {
    project: 'acme-erp', title: 'Acme ERP', version: '2.4', directory: DIRECTORY,
    composeFiles: [`${DIRECTORY}/docker-compose.yml`],
    services: names.map((name) => ({
      name, title: name, image: ARCHIVES[IMAGE_OF[name] ?? 1][1], ports: [], bindMounts: [], volumes: [],
      dependsOn: (DEPENDS[name] ?? []).map((service) => ({ service, condition: 'service_healthy' })),
      restart: 'unless-stopped', healthcheck: null, oneShot: name === 'migrate', profiles: [], active: true, open: null, startupSeconds: null,
    })),
    archives: ARCHIVES.map(([file, ref, bytes]) => ({
      file, format: 'docker-archive', compression: 'none', bytes,
      images: [{ refs: [ref], id: `sha256:${ref.length}c0ffee`, platform: 'linux/amd64', bytes, ...sharing(ref) }],
    })),
    findings: [], audit: audit(lang), preview: false, icon: null, settings: [],
    support: { name: 'Acme Support', phone: '+49 40 555 0100', email: 'support@acme.example', url: null },
    requirements: { cpus: null, memory: null, disk: null, engine: null, compose: null },
  };
}

const ENGINE = { state: 'connected', version: '26.1.5+dfsg1', apiVersion: '1.45', platform: 'linux/amd64', reason: null };
const GONE = (say) => ({
  state: 'unreachable', version: null, apiVersion: null, platform: null,
  reason: say('On this computer the service docker is stopped. Starting it needs an administrator: sudo systemctl start docker', '本机的 docker 服务已停止，启动它需要管理员权限：sudo systemctl start docker'),
});

function service(name, state, sentence, more = {}) {
  return {
    name, title: name, state, sentence, blockedBy: null,
    containers: [{ name: `acme-erp-${name}-1`, id: 'f00d', answered: true, state: 'running', health: 'none', exitCode: null, restartCount: 0, oomKilled: false, startedAt: null, finishedAt: null }],
    ports: [], links: [], diagnoses: [], ...more,
  };
}

const LINKS = {
  web: { ports: [port('80', 80)], links: [{ url: 'http://localhost/', scope: 'local' }, { url: 'http://192.168.10.24/', scope: 'lan' }] },
  api: { ports: [port('8081', 8081)], links: [{ url: 'http://localhost:8081/', scope: 'local' }] },
};

function snapshot(verdict, sentence, services, more = {}) {
  const up = services.filter((each) => ['running', 'healthy', 'completed'].includes(each.state)).length;
  return { verdict, sentence, engine: ENGINE, services, running: up, total: services.length, at: new Date(NOW - 3000).toISOString(), ...more };
}

export function statuses(lang) {
  const say = teller(lang);
  const ready = (text) => say(`Ready for ${text}`, `已就绪 ${text.replace('h', '小时').replace('min', '分钟')}`);
  const healthy = [
    service('web', 'healthy', ready('3 h 12 min'), LINKS.web),
    service('api', 'healthy', ready('3 h 12 min'), LINKS.api),
    service('worker', 'running', say('Runs. It has no health check, so nothing more is known.', '正在运行。它没有健康检查，因此只能确认它在运行。')),
    service('mariadb', 'healthy', ready('3 h 13 min')),
    service('redis', 'healthy', ready('3 h 13 min')),
    service('search', 'healthy', ready('3 h 11 min')),
    service('migrate', 'completed', say('Finished at 14:04, exit code 0. It does not have to run again.', '已于 14:04 完成，退出码 0。它不需要再次运行。')),
  ];
  const created = NAMES.map((name) => service(name, 'not-created', say('No container yet.', '还没有容器。'), { containers: [] }));
  const change = (changes) => healthy.map((each) => (changes[each.name] ? { ...each, ...changes[each.name] } : each));
  const broken = change({
    mariadb: { state: 'crash-looping', sentence: say('Restarted 7 times in 4 min, exit code 1', '4 分钟内重启 7 次，退出码 1'), containers: [{ name: 'acme-erp-mariadb-1', id: 'f00d', answered: true, state: 'restarting', health: 'none', exitCode: 1, restartCount: 7, oomKilled: false, startedAt: null, finishedAt: null }] },
    api: { state: 'unhealthy', sentence: say('Runs, but its health check has failed 12 times.', '正在运行，但健康检查已失败 12 次。'), blockedBy: 'mariadb' },
    worker: { state: 'crash-looping', sentence: say('Restarted 6 times in 4 min, exit code 1', '4 分钟内重启 6 次，退出码 1'), blockedBy: 'mariadb' },
  });
  const starting = change({
    web: { state: 'not-created', sentence: say('Waits for api.', '等待 api。'), blockedBy: 'api', links: [] },
    api: { state: 'starting', sentence: say('Health check asked 2 times, no answer yet', '健康检查已询问 2 次，尚无回应'), links: [] },
    mariadb: { sentence: say('Ready after 11 s', '11 秒后就绪') },
    redis: { sentence: say('Ready after 2 s', '2 秒后就绪') },
    search: { state: 'starting', sentence: say('Health check asked 9 times, no answer yet', '健康检查已询问 9 次，尚无回应') },
    migrate: { sentence: say('Finished after 19 s, exit code 0', '19 秒后完成，退出码 0') },
  });
  const partly = change({
    search: { state: 'failed', sentence: say('Stopped right after starting, exit code 78', '启动后立即停止，退出码 78'), containers: [] },
  });
  const stopped = healthy.map((each) => ({ ...each, state: each.name === 'migrate' ? 'completed' : 'stopped', sentence: each.name === 'migrate' ? each.sentence : say('Stopped on purpose.', '已按要求停止。'), links: [] }));
  return {
    'not-deployed': snapshot('not-deployed', say('Acme ERP is not deployed yet', 'Acme ERP 尚未部署'), created),
    ready: snapshot('ready', say('All 7 services are ready.', '全部 7 个服务均已就绪。'), healthy),
    starting: snapshot('converging', say('2 of 7 services are still starting', '7 个服务中还有 2 个正在启动'), starting),
    broken: snapshot('will-not-recover', say('mariadb keeps restarting and will not recover by itself', 'mariadb 反复重启，无法自行恢复'), broken),
    partly: snapshot('will-not-recover', say('6 of 7 services are ready. search does not start.', '7 个服务中 6 个已就绪，search 无法启动。'), partly),
    stopped: snapshot('stopped', say('Acme ERP is stopped', 'Acme ERP 已停止'), stopped),
    gone: snapshot('engine-unreachable', say('Docker cannot be reached', '无法连接 Docker'), [], { engine: GONE(say) }),
    many: snapshot('degraded', say('2 of 60 services need attention', '60 个服务中有 2 个需要关注'), many(say)),
  };
}

function many(say) {
  const areas = ['billing', 'catalog', 'crm', 'finance', 'hr', 'reports', 'sales', 'stock'];
  const parts = ['api', 'events', 'export', 'import', 'sync', 'web', 'worker'];
  const names = [...areas.flatMap((area) => parts.map((part) => `${area}-${part}`)), 'gateway', 'mail', 'mariadb', 'a-service-with-a-name-of-forty-eight-characters-x'];
  return names.map((name) => {
    if (name === 'stock-sync') return service(name, 'crash-looping', say('Restarted 5 times in 2 min, exit code 78', '2 分钟内重启 5 次，退出码 78'));
    if (name === 'reports-web') return service(name, 'unhealthy', say('Runs, but its health check has not answered for 1 min 40 s.', '正在运行，但健康检查已有 1 分 40 秒无回应。'));
    if (name.endsWith('-import')) return service(name, 'completed', say('Finished at 14:04, exit code 0.', '已于 14:04 完成，退出码 0。'));
    return service(name, name.endsWith('worker') ? 'running' : 'healthy', say('Ready for 3 h 12 min', '已就绪 3 小时 12 分钟'));
  });
}

/** Another port, as a line of `.env`. @param {string} lang @param {number} to */
export function portFix(lang, to) {
  const say = teller(lang);
  return {
    id: `port.in_use:web:80/tcp:${to}`, risk: 'confirm', effect: say(`Publish web on port ${to} instead of 80: set WEB_PORT in the .env file.`, `将 web 发布在端口 ${to}，不再使用 80：在 .env 文件中设置 WEB_PORT。`), undoable: true,
    changes: [{ where: `${DIRECTORY}/.env:3`, now: 'WEB_PORT=80', after: `WEB_PORT=${to}` }, { where: `${DIRECTORY}/.env.before-quayside`, now: null, after: say('(the file as it is now)', '（当前的文件）') }],
  };
}

/** The end of an operation that put something right, or back. @param {string} lang @param {'fix' | 'undo'} kind */
export function repairEvents(lang, kind, other = null) {
  const say = teller(lang);
  const report = checkReport(lang, true);
  const steps = [[kind, say('Put it right', '修复')], ['recheck', say('Check again', '再次检查')]].map(([id, title]) => ({ id, title }));
  const step = (id, message) => ({ type: 'step-finished', step: id, state: 'done', current: null, total: null, unit: null, message, seconds: 0.1 });
  const fix = portFix(lang, 8080);
  const free = { ...report.checks[0], state: 'pass', message: say('Port 8080 is free or ours', '端口 8080 空闲或为本项目所用'), found: null, required: null, why: null, steps: [], fixes: [] };
  const repair = other ? { fix: other, before: null, after: [] } : { fix, before: kind === 'fix' ? report.checks[0] : null, after: [kind === 'fix' ? free : report.checks[0]] };
  return [
    { type: 'planned', operationId: 'op-9', steps }, step(kind, repair.fix.effect), step('recheck', ''),
    { type: 'finished', outcome: 'done', checks: [], status: null, failure: null, diagnoses: [], images: null, tags: null, directories: null, repair, seconds: 0.4 },
  ];
}

/** A password nobody has chosen yet, and an address that is set. @param {string} lang */
export function settingsFields(lang) {
  const say = teller(lang);
  return [
    { key: 'DB_PASSWORD', title: say('Database password', '数据库密码'), help: null, value: null, secret: true, required: true, pattern: null, open: true, place: `${DIRECTORY}/.env:7` },
    { key: 'PUBLIC_URL', title: say('Address people open', '访问地址'), help: say('As it stands in the browser.', '与浏览器中显示的一致。'), value: 'http://erp.local', secret: false, required: false, pattern: null, open: false, place: `${DIRECTORY}/.env:4` },
  ];
}

export function checkReport(lang, blocked) {
  const say = teller(lang);
  const check = (id, state, message, more = {}) => ({ id, state, subject: null, params: {}, found: null, required: null, message, why: null, steps: [], fixes: [], ...more });
  const block = check('port.in_use', 'block', say('Port 80 is used by another program: nginx', '端口 80 已被另一个程序占用：nginx'), {
    subject: 'web', found: say('nginx, process 812, listening on 0.0.0.0:80', 'nginx，进程 812，正在监听 0.0.0.0:80'), required: say('port 80 free on this computer', '本机端口 80 空闲'),
    why: say('Acme ERP needs port 80 so that people can open it in a browser, and two programs cannot share a port.', 'Acme ERP 需要端口 80 才能在浏览器中打开，而两个程序不能共用一个端口。'),
    steps: [say('Stop nginx if nobody needs it: sudo systemctl stop nginx', '如果不再需要 nginx，可停止它：sudo systemctl stop nginx'), say('Then check again.', '然后重新检查。')],
    fixes: [portFix(lang, 8080), portFix(lang, 8090)],
  });
  const memory = check('host.memory', 'warn', say('A little less memory than recommended', '内存略低于建议值'), {
    found: '7.6 GB', required: '8 GB', why: say('Everything runs, but it may get slow when many people work at once.', '可以运行，但多人同时使用时可能变慢。'),
  });
  const health = check('compose.no_healthcheck', 'warn', say('worker has no health check', 'worker 没有健康检查'), { subject: 'worker', why: say('Quayside can see that it runs, not that it works.', 'Quayside 只能看到它在运行，无法确认它是否正常。') });
  const clock = check('host.clock', 'unknown', say('The clock could not be compared', '无法核对系统时间'), { why: say('There is no time server on this network.', '此网络中没有时间服务器。') });
  const passes = [
    check('engine.reachable', 'pass', say('Docker 26.1.5 is running', 'Docker 26.1.5 正在运行')), check('compose.version', 'pass', 'Docker Compose 2.27'),
    check('image.platform', 'pass', say('All images are made for amd64', '所有镜像都适用于 amd64')), check('host.disk', 'pass', say('212 GB free where Docker keeps its data', 'Docker 数据所在磁盘剩余 212 GB')),
    check('script.executable', 'pass', say('2 start scripts can be prepared', '2 个启动脚本可以准备好')),
  ];
  const checks = [...(blocked ? [block] : []), memory, health, clock, ...passes];
  return {
    verdict: blocked ? 'blocked' : 'warnings', checks, seconds: 1.1, settings: blocked ? settingsFields(lang) : [],
    offlineProof: NAMES.map((name) => {
      const [archive, image, bytes] = ARCHIVES[IMAGE_OF[name]];
      return { service: name, image, archive, bytes, platform: 'linux/amd64', integrity: 'intact', loaded: name === 'redis', active: true, build: false, digest: false, pullPolicy: null, verdict: name === 'redis' ? 'loaded' : 'in-package', sentence: archive };
    }),
  };
}

export function planView(lang) {
  const say = teller(lang);
  const step = (id, sentence, changes = [], bytes = null, expectedSeconds = null) => ({ id, sentence, changes, bytes, expectedSeconds });
  return { disk: { free: 212e9, peak: 6.2e9, stays: 3.7e9 }, expectedSeconds: 180, steps: [
    step('directories', say('Create 3 empty folders in the package.', '在安装包中创建 3 个空文件夹。'), ['data/mariadb', 'data/search', 'upload']),
    step('scripts', say('Make 2 start scripts executable.', '为 2 个启动脚本添加执行权限。'), ['script/entrypoint.sh', 'script/wait.sh']),
    step('images', say('Load 4 image archives. redis is already there and is skipped.', '加载 4 个镜像文件。redis 已存在，跳过。'), [], 3701e6, 118),
    step('start', say('Start mariadb, redis and search, run migrate once, then start api, worker and web.', '启动 mariadb、redis 和 search，运行一次 migrate，然后启动 api、worker 和 web。')),
    step('ready', say('Wait until every service is ready and tell you the result.', '等待所有服务就绪并报告结果。')),
  ] };
}

export function deploySteps(lang) {
  const say = teller(lang);
  return [
    ['environment', say('Look at this computer', '检查本机')], ['directories', say('Create folders', '创建文件夹')], ['scripts', say('Prepare scripts', '准备脚本')],
    ['images', say('Load images', '加载镜像')], ['tags', say('Name the images', '为镜像命名')], ['ports', say('Check the ports again', '再次检查端口')],
    ['start', say('Start 7 services', '启动 7 个服务')], ['ready', say('Wait until ready', '等待就绪')], ['report', say('Write down the result', '记录结果')],
  ].map(([id, title]) => ({ id, title }));
}

/** Four archives at one moment: one proved, one being unpacked, one on its way, one to come. */
function parts(current) {
  const part = (at, done, state, seconds, unpacked = null) => ({ file: ARCHIVES[at][0], current: done, total: ARCHIVES[at][2], state, seconds, unpacked });
  return [part(0, 405e6, 'done', 21), part(1, 384e6, 'unpacking', 9.3, 120e6), part(2, current - 789e6, 'sending', 30), part(3, 0, 'waiting', 66)];
}

/** The events of a deployment up to a step, which is left running (or failed). */
export function deployEvents(lang, until, end = null) {
  const say = teller(lang);
  const steps = deploySteps(lang);
  const done = {
    environment: say('Docker 26.1.5, amd64', 'Docker 26.1.5，amd64'), directories: say('3 created', '已创建 3 个'), scripts: say('2 made executable', '已处理 2 个'),
    images: say('4 loaded, 1 was there', '已加载 4 个，1 个原已存在'), tags: say('2 names added', '已添加 2 个名称'), ports: say('80 and 8081 are free', '80 和 8081 空闲'),
    start: say('7 services started', '已启动 7 个服务'), ready: say('7 of 7 ready', '7 个已全部就绪'), report: say('Written', '已记录'),
  };
  const seconds = { environment: 0.4, directories: 0.1, scripts: 0.1, images: 118, tags: 0.2, ports: 0.1, start: 31, ready: 16, report: 0.1 };
  const event = (type, step, state, more = {}) => ({ type, step, state, current: null, total: null, unit: null, message: null, seconds: 0, ...more });
  const events = [{ type: 'planned', operationId: 'op-1', steps }];
  for (const { id } of steps) {
    events.push(event('step-started', id, 'running'));
    if (id === until) break;
    events.push(event('step-finished', id, 'done', { message: done[id], seconds: seconds[id] }));
  }
  if (until === 'images') {
    for (const [at, current] of [[58, 2.04e9], [60, 2.11e9], [62, 2.18e9], [64, 2.245e9], [66, 2.31e9]]) {
      events.push(event('step-progress', 'images', 'running', { current, total: 3701e6, unit: 'bytes', seconds: at, parts: parts(current), message: say('Handing images/erp-api-amd64.tar to Docker', '正在向 Docker 传送 images/erp-api-amd64.tar') }));
    }
  }
  if (until === 'ready' && !end) events.push(event('step-progress', 'ready', 'running', { current: 4, total: 7, unit: 'services', seconds: 16, message: say('4 of 7 ready', '4 个已就绪，共 7 个') }));
  if (end && until) events.push(event('step-finished', until, end.outcome === 'cancelled' ? 'cancelled' : end.outcome === 'partly-ready' ? 'warning' : 'failed', { seconds: 12, message: end.failure?.message ?? null }));
  if (end) events.push({ type: 'finished', checks: [], status: null, failure: null, diagnoses: [], images: null, tags: null, directories: null, seconds: 232, ...end });
  return events;
}

export function failure(lang, kind) {
  const say = teller(lang);
  return kind === 'search'
    ? { step: 'ready', code: 'service-failed', category: 'service-management', params: { service: 'search' }, service: 'search', message: say('search stopped right after starting, exit code 78', 'search 启动后立即停止，退出码 78'), causes: ['container acme-erp-search-1 exited (78)'],
        outputTail: ['[2026-11-23T14:05:58] ERROR: [1] bootstrap checks failed', '[1]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]', 'ERROR: OpenSearch did not exit normally - check the logs at /usr/share/opensearch/logs/docker-cluster.log'] }
    : { step: 'images', code: 'image-load-failed', category: 'image-loading', params: {}, service: null, message: say('Docker could not load erp-api-amd64.tar: the disk is full', 'Docker 无法加载 erp-api-amd64.tar：磁盘已满'), causes: ['loading images/erp-api-amd64.tar', 'write /var/lib/docker/tmp/docker-import-882/layer.tar: no space left on device'],
        outputTail: ['Error processing tar file(exit status 1): write /usr/lib/libc.so.6: no space left on device'] };
}

/** @param {Record<string, unknown>} parts */
export function appState(lang, parts = {}) {
  return {
    package: packageView(NAMES, lang), status: null, operations: [], launchError: null, interrupted: null,
    settings: { language: lang, theme: 'system', notifications: true, closeToTray: true, trayExplained: false, autostart: false, engine: null, recent: [DIRECTORY, '/home/ops/packages/harbour-demo-1.0'] }, language: lang,
    app: { version: '1.0.0', stateDirectory: '/home/ops/.local/state/quayside', os: 'linux' }, ...parts,
  };
}

/** What a page would be sent at its start, and how its calls would be answered, by name. */
export function scenario(name, lang = 'en') {
  const say = teller(lang);
  const status = statuses(lang);
  const deploy = (until, end = null) => ({ operationId: 'op-1', kind: 'deploy', services: [], startedAt: new Date(NOW - (end ? 240 : until === 'images' ? 66 : 167) * 1000).toISOString(), events: deployEvents(lang, until, end) });
  const told = (events) => events.map((event) => ({ type: 'operation', operationId: 'op-1', kind: 'deploy', event }));
  const ended = (until, end) => ({
    state: appState(lang, { status: status['not-deployed'] }), replies: { check: checkReport(lang, false) }, clicks: ['deploy'],
    then: [...told(deployEvents(lang, until, end)), { type: 'status', status: end.status ?? status['not-deployed'] }],
  });
  const replies = { check: checkReport(lang, true), plan: planView(lang), status: status.ready };
  const all = {
    choose: { state: appState(lang, { package: null }) },
    wrong: {
      state: appState(lang, { package: null }),
      replies: { choose_package: '/home/ops/Documents' },
      errors: { open_package: { code: 'package-not-found', category: 'configuration', params: {}, message: say('No Compose file here. Looked for docker-compose.yml, docker-compose.yaml, compose.yml and compose.yaml in /home/ops/Documents and in its folder docker, found 3 PDF files.', '这里没有 Compose 文件。在 /home/ops/Documents 及其 docker 文件夹中查找了 docker-compose.yml、docker-compose.yaml、compose.yml 和 compose.yaml，只找到 3 个 PDF 文件。') } },
      clicks: ['choose-package'],
    },
    checking: { state: appState(lang, { status: status['not-deployed'] }), silent: ['check', 'plan'] },
    blocked: { state: appState(lang, { status: status['not-deployed'] }) },
    'fix-preview': { state: appState(lang, { status: status['not-deployed'] }), clicks: ['apply-fix'] },
    fixed: {
      state: appState(lang, { status: status['not-deployed'] }),
      replies: { check: checkReport(lang, false), undo_list: { entries: [{ id: 'port.in_use:web:80/tcp:8080', effect: portFix(lang, 8080).effect, at: new Date(NOW - 4000).toISOString() }] } },
      then: repairEvents(lang, 'fix').map((event) => ({ type: 'operation', operationId: 'op-9', kind: 'fix', event })),
    },
    check: { state: appState(lang, { status: status['not-deployed'] }), replies: { check: checkReport(lang, false) } },
    interrupted: { state: appState(lang, { status: status['not-deployed'], interrupted: { operationId: 'op-0', kind: 'deploy', step: 'images', startedAt: new Date(NOW - 500e3).toISOString() } }), replies: { check: checkReport(lang, false) } },
    images: { state: appState(lang, { status: status['not-deployed'] }), replies: { check: checkReport(lang, false) }, clicks: ['deploy'], then: told(deployEvents(lang, 'images')) },
    reloaded: { state: appState(lang, { status: status['not-deployed'], operations: [deploy('images')] }) },
    cancel: { state: appState(lang, { status: status['not-deployed'], operations: [deploy('images')] }), clicks: ['cancel'] },
    waiting: { state: appState(lang, { status: status.starting, operations: [deploy('ready')] }), clicks: ['show-log'] },
    'outcome-ready': ended(null, { outcome: 'ready', status: status.ready }),
    'outcome-partly': ended('ready', { outcome: 'partly-ready', status: status.partly, failure: failure(lang, 'search'), diagnoses: limits(lang).diagnoses }),
    'outcome-failed': ended('images', { outcome: 'failed', status: status['not-deployed'], failure: failure(lang, 'images') }),
    'outcome-cancelled': ended('images', { outcome: 'cancelled' }),
    'outcome-blocked': ended('environment', { outcome: 'blocked', checks: [checkReport(lang, true).checks[0]], seconds: 1.1 }),
    overview: { state: appState(lang, { status: status.ready }) },
    menu: { state: appState(lang, { status: status.ready }), clicks: ['service-menu'] },
    drawer: { state: appState(lang, { status: status.ready }), clicks: ['service-menu', 'details-service'] },
    'stop-all': { state: appState(lang, { status: status.ready }), clicks: ['stop-all'] },
    degraded: { state: appState(lang, { status: status.broken }), replies: { resource_figures: resourceFigures(lang, true) } },
    stopped: { state: appState(lang, { status: status.stopped }) },
    restarting: {
      state: appState(lang, { status: status.starting, operations: [{ operationId: 'op-2', kind: 'restart-container', services: ['api'], startedAt: new Date(NOW - 8000).toISOString(),
        events: [{ type: 'planned', operationId: 'op-2', steps: [{ id: 'start', title: say('Restart api', '重启 api') }, { id: 'ready', title: say('Wait until ready', '等待就绪') }] },
          { type: 'step-started', step: 'start', state: 'running', current: null, total: null, unit: null, message: say('Container acme-erp-api-1 started', '容器 acme-erp-api-1 已启动'), seconds: 2 }] }] }),
    },
    busy: { state: appState(lang, { status: status.ready }), clicks: ['restart-all', 'dialog-confirm'],
      errors: { restart: { code: 'operation-in-progress', category: 'service-management', params: {}, message: say('The command line is deploying this package since 14:05 (process 4711). One change at a time.', '命令行自 14:05 起正在部署此安装包（进程 4711）。同一时间只能进行一项更改。') } } },
    gone: { state: appState(lang, { status: status.ready }), then: [{ type: 'status', status: status.gone }] },
    many: { state: appState(lang, { status: status.many }) },
    problems: { state: appState(lang, { status: status.broken }), clicks: ['nav-problems'], replies: { diagnose: owners(lang) } },
    'problems-several': { state: appState(lang, { status: status.broken }), clicks: ['nav-problems'], replies: { diagnose: several(lang) } },
    'problems-looking': { state: appState(lang, { status: status.broken }), clicks: ['nav-problems'], silent: ['diagnose'] },
    'problems-unexplained': { state: appState(lang, { status: status.broken }), clicks: ['nav-problems'] },
    'problem-fix': { state: appState(lang, { status: status.broken }), clicks: ['nav-problems', 'apply-fix'], replies: { diagnose: owners(lang) } },
    'problem-repaired': {
      state: appState(lang, { status: status.broken }), clicks: ['nav-problems', 'apply-fix', 'dialog-confirm'], replies: { diagnose: owners(lang) },
      then: repairEvents(lang, 'fix', owners(lang).diagnoses[0].fixes[0]).map((event) => ({ type: 'operation', operationId: 'op-9', kind: 'fix', event })),
    },
    explained: { state: appState(lang, { status: status.ready }), clicks: ['nav-problems'], type: ['explain-text', 'Bind for 0.0.0.0:80 failed: port is already allocated', 'explain-ask'] },
    'problem-failed': { state: appState(lang, { status: status.partly, operations: [deploy('ready', { outcome: 'partly-ready', status: status.partly, failure: failure(lang, 'search') })] }), clicks: ['nav-problems'] },
    'support-summary': { state: appState(lang, { status: status.broken }), clicks: ['nav-problems', 'copy-for-support'], replies: { diagnose: owners(lang) } },
    'support-collecting': { state: appState(lang, { status: status.broken }), clicks: ['nav-problems', 'support-bundle'], silent: ['prepare_support'], replies: { diagnose: owners(lang) } },
    'support-bundle': { state: appState(lang, { status: status.broken }), clicks: ['nav-problems', 'support-bundle', 'support-file', 'support-save'], replies: { diagnose: owners(lang) } },
    'support-refused': {
      state: appState(lang, { status: status.broken }), clicks: ['nav-problems', 'support-bundle'], replies: { diagnose: owners(lang) },
      errors: { prepare_support: { code: 'not-redacted', category: 'unknown', params: { count: 1, files: 'logs/web.log' }, message: say('Nothing was written: after everything known was taken out, something that looks like a secret was still found. Files: logs/web.log', '未写入任何内容：去除所有已知内容后，仍发现 1 处疑似密钥的内容。文件：logs/web.log') } },
    },
    'no-problems': { state: appState(lang, { status: status.ready }), clicks: ['nav-problems'] },
    logs: { state: appState(lang, { status: status.broken }), clicks: ['nav-logs'] },
    'logs-search': { state: appState(lang, { status: status.broken }), clicks: ['nav-logs'], type: ['log-search', 'permission denied'] },
    settings: { state: appState(lang, { status: status.ready }), clicks: ['nav-settings'] },
    remove: { state: appState(lang, { status: status.ready }), clicks: ['package-title', 'remove-containers'] },
    details: { state: appState(lang, { status: status.ready }), clicks: ['package-title'] },
  };
  const chosen = all[name];
  if (!chosen) return null;
  return { clicks: [], then: [], silent: [], errors: {}, ...chosen, replies: { ...replies, ...answers(lang), ...chosen.replies } };
}

export const SCENARIOS = ['choose', 'wrong', 'checking', 'blocked', 'fix-preview', 'fixed', 'check', 'interrupted', 'images', 'reloaded', 'cancel', 'waiting', 'outcome-ready', 'outcome-partly', 'outcome-failed', 'outcome-cancelled', 'outcome-blocked', 'overview', 'menu', 'drawer', 'stop-all', 'degraded', 'stopped', 'restarting', 'busy', 'gone', 'many', 'problems', 'problems-several', 'problems-looking', 'problems-unexplained', 'problem-fix', 'problem-repaired', 'explained', 'problem-failed', 'support-summary', 'support-collecting', 'support-bundle', 'support-refused', 'no-problems', 'logs', 'logs-search', 'settings', 'details', 'remove'];

function answers(lang) {
  const say = teller(lang);
  const started = { operationId: 'op-9' };
  return {
    choose_package: DIRECTORY, open_package: packageView(), open_link: null, cancel: null, stop_logs: null, dismiss_interrupted: null,
    is_busy: true, deploy: started, start: started, stop: started, restart: started, restart_container: started, remove: started, load_images: started, setup_tags: started, check_mount_dirs: started, copy_package: started, save_values: started, fix: started, undo: started, undo_list: { entries: [] },
    diagnose: nothing(), explain_text: ports(lang),
    arch_info: { host: 'linux/amd64', engine: 'linux/amd64', imageSuffix: 'amd64', emulation: ['linux/arm64'], mismatch: false },
    list_images: { package: ARCHIVES.map(([file, ref]) => ({ archive: file, id: `sha256:${ref.length}c0ffee`, loaded: ref !== 'opensearch:2.13' })), images: [{ id: 'sha256:9c0ffee', refs: ['redis:7.2'], platform: 'linux/amd64', bytes: 116e6, inPackage: true }, { id: 'sha256:abc', refs: ['registry:2'], platform: 'linux/amd64', bytes: 25e6, inPackage: false }] },
    package_icon: { url: null },
    prepare_support: supportBundle(), support_content: CONTENT, support_summary: SUMMARY, save_support: saved(),
    save_logs: null, resource_figures: resourceFigures(lang), service_details: serviceDetails(), save_handover: { path: '/home/ops/handover.html', bytes: 9000 }, engines: engineChoices(lang), choose_engine: engineChoices(lang),
    mount_directories: { directories: [
      { source: `${DIRECTORY}/data/mariadb`, services: ['mariadb'], state: 'exists', message: say('Exists', '已存在') },
      { source: `${DIRECTORY}/config/nginx.conf`, services: ['web'], state: 'blocked', message: say('This file is missing. A folder in its place would not help.', '缺少此文件。用文件夹代替没有用。') },
      { source: `${DIRECTORY}/upload`, services: ['api', 'worker'], state: 'created', message: say('Was created', '已创建') },
    ] },
  };
}

/** Two engines: the usual one, and one of a context that does not answer. @param {string} lang */
export function engineChoices(lang) {
  const reason = teller(lang)('Docker does not answer.', 'Docker 没有应答。');
  return {
    current: 'unix:///var/run/docker.sock', origin: 'found', fixed: false,
    engines: [
      { url: 'unix:///var/run/docker.sock', name: null, state: 'connected', version: '26.1.5+dfsg1', platform: 'linux/amd64', reason: null },
      { url: 'tcp://10.0.0.7:2375', name: 'site', state: 'unreachable', version: null, platform: null, reason },
    ],
  };
}

/** The database in detail. */
export function serviceDetails() {
  const ago = (seconds) => new Date(NOW - seconds * 1000).toISOString();
  return {
    service: 'mariadb', image: 'mariadb:10.11',
    containers: [{ name: 'acme-erp-mariadb-1', id: 'f00dfeed0123', imageId: 'sha256:9c0ffee12345678', platform: 'linux/amd64', createdAt: ago(12000), startedAt: ago(11580), restartCount: 0, restartPolicy: 'unless-stopped', variables: ['MARIADB_DATABASE', 'MARIADB_ROOT_PASSWORD', 'TZ'], networks: [{ name: 'acme-erp_default', address: '172.20.0.4' }],
      probes: [{ at: ago(4), seconds: 0.12, passed: true, exitCode: 0, output: 'mysqld is alive' }, { at: ago(14), seconds: 3, passed: false, exitCode: 1, output: "mysqladmin: connect to server at 'localhost' failed" }] }],
    needs: [], neededBy: ['api', 'worker', 'migrate', 'web'],
    places: [{ kind: 'bind', source: `${DIRECTORY}/data/mariadb`, target: '/var/lib/mysql', readOnly: false, bytes: 1.8e9 }, { kind: 'bind', source: `${DIRECTORY}/config/mariadb.cnf`, target: '/etc/mysql/conf.d/erp.cnf', readOnly: true, bytes: 412 }, { kind: 'memory', source: '', target: '/run/mysqld', readOnly: false, bytes: null }],
    history: [{ at: ago(11560), container: 'acme-erp-mariadb-1', what: 'healthy', exitCode: null }, { at: ago(11580), container: 'acme-erp-mariadb-1', what: 'started', exitCode: null }, { at: ago(11590), container: 'acme-erp-mariadb-1', what: 'ended', exitCode: 137 }],
  };
}

/** What everything uses; on the degraded system a disk is nearly full. @param {string} lang */
export function resourceFigures(lang, full = false) {
  const say = teller(lang);
  const container = (service, cpuPercent, memory) => ({ service, container: `acme-erp-${service}-1`, cpuPercent, memory, memoryLimit: null, received: 1200, sent: 800, read: 0, written: 4096, logBytes: 12e6, logUnbounded: false });
  const message = say('The disk Docker keeps its data on is 96 % full (10.0 GB free). Databases stop when they can no longer write: make room now.', 'Docker 数据所在磁盘已用 96%（剩余 10.0 GB）。无法写入时数据库会停止，现在就需要腾出空间。');
  return {
    at: new Date(NOW).toISOString(),
    containers: [container('web', 8, 84e6), container('api', 48, 612e6), container('worker', 16, 388e6), container('mariadb', 12, 741e6), container('redis', 0.5, 21e6), container('search', 9, 1900e6)],
    host: { cpu: 0.12, cpus: 8, memoryUsed: 3.9e9, memoryTotal: 7.6e9, disks: [{ role: 'engine', path: '/var/lib/docker', used: full ? 240e9 : 38e9, total: 250e9 }, { role: 'package', path: DIRECTORY, used: 5.1e9, total: 64e9 }] },
    folders: [{ path: `${DIRECTORY}/data/mariadb`, services: ['mariadb'], bytes: 1.8e9 }, { path: `${DIRECTORY}/upload`, services: ['api', 'worker'], bytes: null }],
    warnings: full ? [{ id: 'disk', pressure: 'broken', subject: '/var/lib/docker', message }] : [],
  };
}

/** A log as containers write it: colours, several services, errors, a line longer than the window. */
export const LOG_LINES = [
  ['worker', 'stdout', 'starting worker 2.4.0 (build 8812), queue redis:6379'],
  ['redis', 'stdout', '1:M 23 Nov 2026 14:06:20.001 * 100 changes in 300 seconds. Saving...'],
  ['api', 'stderr', '\u001b[33mWARN\u001b[0m health: database: dial tcp 172.20.0.4:3306: connect: connection refused'],
  ['search', 'stdout', '[2026-11-23T14:06:24] cluster health status changed from [YELLOW] to [GREEN]'],
  ['web', 'stdout', '192.168.10.31 "GET /api/session HTTP/1.1" 502 157'],
  ['web', 'stderr', 'connect() failed (111: Connection refused) while connecting to upstream "http://api:8081"'],
  ['worker', 'stdout', 'waiting for database mariadb:3306, try 4'],
  ['worker', 'stderr', 'database not reachable, giving up'],
  ['mariadb', 'stdout', 'Entrypoint script for MariaDB Server 1:10.11.8+maria~ubu2204 started.'],
  ['mariadb', 'stderr', "mariadbd: Can't create/write to file './ddl_recovery.log' (Errcode: 13 \"Permission denied\")"],
  ['mariadb', 'stderr', 'DDL_LOG: Failed to create ddl log file: ./ddl_recovery.log'],
  ['mariadb', 'stderr', 'Aborting'],
  ['redis', 'stdout', '1:M 23 Nov 2026 14:06:35.122 * Background saving terminated with <b>success</b> &amp; no markup'],
  ['web', 'stdout', `127.0.0.1 "GET /healthz HTTP/1.1" 200 2 ${'and more of it '.repeat(14)}`],
];

/** @param {number} count */
export function logLines(count) {
  return Array.from({ length: count }, (_, index) => {
    const [name, stream, line] = LOG_LINES[index % LOG_LINES.length];
    return { service: name, container: `acme-erp-${name}-1`, stream, time: new Date(NOW - (count - index) * 1371).toISOString(), line };
  });
}
