/** Boot: words first, then the page. */
import './elements/cargo-bar.js';
import './elements/confirm-dialog.js';
import './elements/log-view.js';
import './elements/pop-menu.js';
import { startApp } from './app.js';
import { languageFor, loadWords } from './i18n.js';

const words = await loadWords(async (path) => (await fetch(path)).text());

startApp('app', words, languageFor(navigator.language));
