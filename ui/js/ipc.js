/** The wire to Rust. The only file that names `window.__TAURI__`. */

/** @import {AppEvent, CommandError, Commands, LogEvent} from '../types/ipc' */

/**
 * Calls a command and answers what Rust answers; rejects with a `CommandError`.
 *
 * @template {keyof Commands} C
 * @param {C} command
 * @param {Commands[C]['request']} request
 * @returns {Promise<Commands[C]['response']>}
 */
export function call(command, request) {
  return window.__TAURI__.core
    .invoke(command, request === undefined ? undefined : { request })
    .catch((reason) => Promise.reject(asCommandError(reason)));
}

/**
 * Opens the one stream of events; the first message is the full state.
 *
 * @param {(event: AppEvent) => void} onEvent
 * @returns {Promise<void>}
 */
export async function subscribe(onEvent) {
  const channel = new window.__TAURI__.core.Channel();
  channel.onmessage = (message) => onEvent(/** @type {AppEvent} */ (message));
  await window.__TAURI__.core.invoke('subscribe', { channel }).catch((reason) => Promise.reject(asCommandError(reason)));
}

/**
 * Follows the logs of the named services (none means all) and answers the id of the stream.
 *
 * @param {Commands['follow_logs']['request']} request
 * @param {(event: LogEvent) => void} onEvent
 * @returns {Promise<number>}
 */
export function followLogs(request, onEvent) {
  const channel = new window.__TAURI__.core.Channel();
  channel.onmessage = (message) => onEvent(/** @type {LogEvent} */ (message));
  return window.__TAURI__.core
    .invoke('follow_logs', { request, channel })
    .then((id) => /** @type {number} */ (id))
    .catch((reason) => Promise.reject(asCommandError(reason)));
}

/**
 * Tells of files held over the window and dropped on it. A window that cannot tell (a plain browser) stays silent.
 *
 * @param {{ over: (isOver: boolean) => void, dropped: (paths: string[]) => void }} handlers
 */
export function listenForDrops({ over, dropped }) {
  const { listen } = window.__TAURI__.event;
  const ignore = () => {};
  listen('tauri://drag-enter', () => over(true)).catch(ignore);
  listen('tauri://drag-leave', () => over(false)).catch(ignore);
  listen('tauri://drag-drop', (event) => {
    dropped(/** @type {{ paths?: string[] }} */ (event.payload).paths ?? []);
  }).catch(ignore);
}

/**
 * Tauri rejects with a bare string when it could not even call the command.
 *
 * @param {unknown} reason
 * @returns {CommandError}
 */
function asCommandError(reason) {
  if (reason && typeof reason === 'object' && 'code' in reason && 'message' in reason) {
    return /** @type {CommandError} */ (reason);
  }
  return { code: 'window-bridge', category: 'unknown', params: {}, message: String(reason) };
}
