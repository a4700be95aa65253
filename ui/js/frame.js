/**
 * Runs something with the next drawing of the window, but in 60 ms at the latest: a web view that thinks nobody looks
 * draws once a second or less, and what is said to a screen reader or a test must not wait for that.
 *
 * @param {() => void} run
 * @returns {() => void} takes it back
 */
export function nextFrame(run) {
  const frame = requestAnimationFrame(() => once());
  const timer = setTimeout(() => once(), 60);
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = () => {
    cancel();
    run();
  };
  return cancel;
}
