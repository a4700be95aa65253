/**
 * <cargo-bar berths="405 384 2100" filled="500">: one berth per archive, as wide as its bytes, filled in loading order.
 * While it is `working`, a berth that is full before the next one has begun is being unpacked: hatched, because no
 * percentage exists. An element of its own because the page's policy allows widths to be set by script only.
 */
class CargoBar extends HTMLElement {
  static observedAttributes = ['berths', 'filled', 'working'];

  attributeChangedCallback() {
    this.draw();
  }

  connectedCallback() {
    this.draw();
  }

  draw() {
    const sizes = (this.getAttribute('berths') ?? '').split(' ').map(Number).filter((size) => size > 0);
    let left = Number(this.getAttribute('filled') ?? 0);
    while (this.children.length > sizes.length) this.lastElementChild?.remove();
    sizes.forEach((size, index) => {
      const berth = /** @type {HTMLElement} */ (this.children[index] ?? this.appendChild(document.createElement('i')));
      const part = Math.max(0, Math.min(1, left / size));
      left -= size;
      berth.style.flexGrow = String(size);
      berth.style.setProperty('--filled', `${(part * 100).toFixed(2)}%`);
      berth.classList.toggle('unpacking', this.hasAttribute('working') && left === 0);
    });
  }
}

customElements.define('cargo-bar', CargoBar);
