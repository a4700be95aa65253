/** The notice that something else is being done to this package goes when that is over. Pure. */
import { runningOperation } from '../select.js';

/** @import {Result, State} from '../../types/page' */

/** How often it is asked, in milliseconds, whether another process is still at it: nobody tells when it ends. */
const BETWEEN = 2000;

/** @param {State} state */
const isTold = ({ notice }) => notice?.code === 'operation-in-progress';

/** Takes the notice away, unless an operation of this window is what it speaks of. @param {State} state @returns {State} */
export function withoutBusy(state) {
  return isTold(state) && !runningOperation(state) ? { ...state, notice: null } : state;
}

/** Asks now and then whether it is over. Called with every tick. @param {State} state @returns {Result} */
export function askWhetherBusy(state) {
  if (!isTold(state) || runningOperation(state) || state.now < state.busyAsked + BETWEEN) return [state];
  return [{ ...state, busyAsked: state.now }, { type: 'call', command: 'is_busy', request: undefined }];
}
