/**
 * <pop-menu> around the items of a menu: arrow keys, Home, End, Escape; says `dismiss` when the menu should go, gives the
 * focus back, and opens upwards where there is no room below.
 */
class PopMenu extends HTMLElement {
  /** @type {HTMLElement | null} */
  #before = null;

  connectedCallback() {
    this.#before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    document.addEventListener('pointerdown', this.#outside, true);
    this.addEventListener('keydown', this.#keyed);
    this.addEventListener('focusout', this.#left);
    window.addEventListener('resize', this.#place);
    this.#place();
    this.#items()[0]?.focus();
  }

  disconnectedCallback() {
    document.removeEventListener('pointerdown', this.#outside, true);
    window.removeEventListener('resize', this.#place);
    if (this.#before?.isConnected && (document.activeElement === document.body || !document.activeElement)) this.#before.focus();
  }

  /** Where there is room for it, also after the window has become smaller. */
  #place = () => {
    this.classList.remove('up');
    this.classList.toggle('up', this.getBoundingClientRect().bottom > window.innerHeight - 8);
    this.scrollIntoView({ block: 'nearest' });
  };

  #items() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[role=menuitem]')]);
  }

  #dismiss() {
    this.dispatchEvent(new CustomEvent('dismiss'));
  }

  #outside = (/** @type {PointerEvent} */ event) => {
    const target = /** @type {Node} */ (event.target);
    // The button that opened the menu closes it by itself.
    if (!this.contains(target) && !this.#before?.contains(target)) this.#dismiss();
  };

  #left = (/** @type {FocusEvent} */ event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !this.contains(to) && !this.#before?.contains(to)) this.#dismiss();
  };

  #keyed = (/** @type {KeyboardEvent} */ event) => {
    const items = this.#items();
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const goal = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 };
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      this.#before?.focus();
      this.#dismiss();
    } else if (event.key in goal) {
      event.preventDefault();
      items[goal[event.key]]?.focus();
    }
  };
}

customElements.define('pop-menu', PopMenu);
