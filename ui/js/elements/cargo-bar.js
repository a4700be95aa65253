/**
 * <cargo-bar berths="405:405:done 384:384:unpacking 2100:1520:sending 812:0:waiting">: one berth per archive, as wide as
 * its bytes, in loading order. Filled is what was handed over; a berth that is being unpacked is hatched over its whole
 * width, because no percentage of that exists. An element of its own because the page's policy allows widths to be set by
 * script only.
 */
class CargoBar extends HTMLElement {
  static observedAttributes = ['berths'];

  attributeChangedCallback() {
    this.draw();
  }

  connectedCallback() {
    this.draw();
  }

  draw() {
    const berths = (this.getAttribute('berths') ?? '').split(' ').filter(Boolean).map((berth) => berth.split(':'));
    while (this.children.length > berths.length) this.lastElementChild?.remove();
    berths.forEach(([total, current, state], index) => {
      const berth = /** @type {HTMLElement} */ (this.children[index] ?? this.appendChild(document.createElement('i')));
      const part = state === 'done' || state === 'unpacking' ? 1 : Math.min(1, Number(current) / Math.max(1, Number(total)));
      berth.style.flexGrow = total;
      berth.style.setProperty('--filled', `${(part * 100).toFixed(2)}%`);
      berth.className = state;
    });
  }
}

customElements.define('cargo-bar', CargoBar);
