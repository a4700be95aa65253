/** The way to the first deployment: Choose, Check, Deploy. */
import { lastDeployment } from '../select.js';
import { checkPage } from './check.js';
import { choosePage } from './choose.js';
import { deployPage } from './deploy.js';
import { outcomePage } from './outcome.js';

/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function installPage(state, words) {
  const deployment = lastDeployment(state);
  if (state.step === 'deploy') return deployment?.finished ? outcomePage(state, deployment, words) : deployPage(state, deployment, words);
  return state.step === 'check' && state.package ? checkPage(state, state.package, words) : choosePage(state, words);
}
