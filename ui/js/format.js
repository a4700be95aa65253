/** Figures as people read them: the same forms as Rust's text/format.rs, so a size looks the same everywhere. */

/** @import {Formats, Words} from '../types/page' */

/** @type {[string, number][]} */
const UNITS = [['TB', 1e12], ['GB', 1e9], ['MB', 1e6], ['kB', 1e3]];

/**
 * @param {string} language
 * @param {Words['t']} t
 * @returns {Formats}
 */
export function createFormats(language, t) {
  const hourMinute = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const withSeconds = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const dayMonth = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { day: 'numeric', month: 'short' });
  // Chinese lists set the comma of lists between Latin names; what Intl writes there ("api和web") is hard to read.
  const names = language === 'en' ? new Intl.ListFormat('en-GB', { type: 'conjunction' }) : { format: (/** @type {string[]} */ words) => words.join('、') };
  return {
    bytes,
    duration: (seconds) => duration(seconds, t),
    clock: (time) => hourMinute.format(new Date(time)),
    clockSeconds: (time) => withSeconds.format(new Date(time)),
    moment(time, now) {
      const date = new Date(time);
      const today = date.toDateString() === new Date(now).toDateString();
      return today ? hourMinute.format(date) : t('ui-moment', { day: dayMonth.format(date), time: hourMinute.format(date) });
    },
    list: (words) => names.format(words),
    percent: (part) => t('ui-percent', { value: String(Math.floor(part * 100)) }),
  };
}

/** @param {number} count */
export function bytes(count) {
  for (const [unit, size] of UNITS) {
    if (count >= size) {
      const scaled = count / size;
      const digits = size < 1e9 || scaled >= 100 ? 0 : scaled < 10 ? 2 : 1;
      return `${scaled.toFixed(digits)} ${unit}`;
    }
  }
  return `${count} B`;
}

/**
 * The two largest units: `9 s`, `1 min 58 s`, `3 h 12 min`, `2 d 4 h`.
 *
 * @param {number} given
 * @param {Words['t']} t
 */
function duration(given, t) {
  const seconds = Math.max(0, given);
  if (seconds < 10) {
    const text = seconds % 1 >= 0.05 ? seconds.toFixed(1) : String(Math.round(seconds));
    return t('duration-seconds', { seconds: text });
  }
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (whole < 60) return t('duration-seconds', { seconds: String(whole) });
  if (whole < 3600) {
    return whole % 60 === 0
      ? t('duration-minutes', { minutes: String(minutes) })
      : t('duration-minutes-seconds', { minutes: String(minutes), seconds: String(whole % 60) });
  }
  if (whole < 86400) {
    return t('duration-hours-minutes', { hours: String(Math.floor(whole / 3600)), minutes: String(minutes % 60) });
  }
  return t('duration-days-hours', { days: String(Math.floor(whole / 86400)), hours: String(Math.floor((whole % 86400) / 3600)) });
}
