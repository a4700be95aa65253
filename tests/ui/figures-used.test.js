import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparkPath } from '../../ui/js/parts/figures.js';
import { initialState, NO_FIGURES } from '../../ui/js/state.js';
import { update } from '../../ui/js/update.js';
import { withFigures } from '../../ui/js/update/figures.js';
import { NOW, appState, packageView, resourceFigures, statuses } from './scenarios.js';

const at = (seconds) => new Date(NOW + seconds * 1000).toISOString();
const container = (service, cpuPercent, memory) => ({ ...resourceFigures('en').containers[0], service, cpuPercent, memory });
const figures = (seconds, containers) => ({ ...resourceFigures('en'), at: at(seconds), containers });

/** The state of a page that shows a running system. */
function looking(page) {
  const state = { ...initialState('en', NOW), ready: true, package: packageView(), status: statuses('en').ready, page };
  return state;
}

test('figures are asked for while a page shows them, one look at a time, never faster than every three seconds', () => {
  let [state, ...effects] = update(looking('overview'), { type: 'tick', now: NOW });
  assert.deepEqual(effects.map((effect) => effect.command), ['resource_figures']);
  [state, ...effects] = update(state, { type: 'tick', now: NOW + 9000 });
  assert.deepEqual(effects, [], 'the answer is still on its way');
  [state, ...effects] = update(state, { type: 'answered', command: 'resource_figures', tag: state.package.directory, response: figures(1, []), now: NOW + 1000 });
  [state, ...effects] = update(state, { type: 'tick', now: NOW + 2000 });
  assert.deepEqual(effects, []);
  [, ...effects] = update(state, { type: 'tick', now: NOW + 3000 });
  assert.equal(effects.length, 1);
  for (const page of ['logs', 'settings', 'problems', 'install']) assert.deepEqual(update(looking(page), { type: 'tick', now: NOW }).slice(1), [], page);
  const gone = { ...looking('overview'), status: statuses('en').gone };
  assert.deepEqual(update(gone, { type: 'tick', now: NOW }).slice(1), [], 'an engine out of reach is not asked');
});

test('what was asked of another package is forgotten', () => {
  const [state] = update(looking('overview'), { type: 'answered', command: 'resource_figures', tag: '/elsewhere', response: figures(0, [container('web', 1, 1)]), now: NOW });
  assert.deepEqual(state.figures.history, {});
});

test('containers of a service are one line, parts of all processors, for ten minutes', () => {
  const cpus = resourceFigures('en').host.cpus;
  let state = withFigures(NO_FIGURES, figures(0, [container('web', 100, 10), container('web', 100, 20), container('db', null, 5)]));
  assert.deepEqual(state.history.web, [{ at: NOW, cpu: 2 / cpus, memory: 30 }]);
  assert.deepEqual(state.history.db, [{ at: NOW, cpu: null, memory: 5 }]);
  for (let second = 3; second <= 1800; second += 3) state = withFigures(state, figures(second, [container('web', 50, 1)]));
  assert.ok(state.history.web.length <= 201, `${state.history.web.length} points`);
  assert.equal(state.history.web.at(-1).at, NOW + 1_800_000);
  assert.equal(state.history.db, undefined, 'what has not run for ten minutes has no line');
});

test('a sparkline has one scale, and a gap where nobody looked', () => {
  const point = (seconds, cpu) => ({ at: NOW + seconds * 1000, cpu, memory: 0 });
  assert.equal(sparkPath([point(0, 0), point(3, 0), point(6, 0)]), 'M43.6 13.0L43.8 13.0L44.0 13.0');
  assert.equal(sparkPath([point(0, 1), point(600, 1)]), 'M0.0 1.0M44.0 1.0');
  assert.equal(sparkPath([point(0, null), point(3, 4)]), 'M44.0 1.0');
  assert.equal(sparkPath([]), '');
});
