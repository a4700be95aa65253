/** The one binding of htm to Preact. */
import { h } from '../vendor/preact/preact.mjs';
import htm from '../vendor/htm/htm.mjs';

/** @import {VNode} from '../vendor/preact/preact.mjs' */
/** @typedef {VNode<any> | VNode<any>[] | string | null | false} View */

/** @type {(strings: TemplateStringsArray, ...values: any[]) => VNode<any>} */
export const html = /** @type {any} */ (htm.bind(h));
