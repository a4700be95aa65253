/**
 * <confirm-dialog> around a <dialog>: shows it as a modal, gives the focus to the safe answer (`data-safe`), says
 * `dismiss` on Escape, and gives the focus back to where it was.
 */
class ConfirmDialog extends HTMLElement {
  /** @type {HTMLElement | null} */
  #before = null;

  connectedCallback() {
    this.#before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const dialog = this.querySelector('dialog');
    if (!dialog) return;
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('dismiss'));
    });
    dialog.showModal();
    const safe = dialog.querySelector('[data-safe]');
    if (safe instanceof HTMLElement) safe.focus();
  }

  disconnectedCallback() {
    if (this.#before?.isConnected) this.#before.focus();
  }
}

customElements.define('confirm-dialog', ConfirmDialog);
