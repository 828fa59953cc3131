// A list in which the keyboard moves: one stop of the tab key, a current row, keys and clicks that open it.

export class Listbox {
  // `open(row)` on Enter, space or a click; `move(row)` when the current row is another; `end()` when there is nothing further down.
  constructor(box, { open, move = () => {}, end = () => {} }) {
    Object.assign(this, { box, open, moved: move, end });
    this.current = null;
    this.isPressed = false;
    box.addEventListener('keydown', (event) => this.#key(event));
    box.addEventListener('click', (event) => {
      const row = event.target.closest('[role=option]');
      if (!row) return;
      this.set(row, { scroll: false });
      this.open(row);
    });
    // A press gives the list the focus before it is a click: then nothing may move, or the click lands elsewhere.
    box.addEventListener('pointerdown', () => { this.isPressed = true; });
    for (const released of ['pointerup', 'pointercancel']) document.addEventListener(released, () => { this.isPressed = false; });
    box.addEventListener('focus', () => {
      if (!this.current && !this.isPressed) this.set(this.#firstInView(), { scroll: false });
    });
  }

  set(row, { scroll = true } = {}) {
    this.current?.classList.remove('current');
    this.current = row;
    if (!row) {
      this.box.removeAttribute('aria-activedescendant');
      return;
    }
    row.classList.add('current');
    this.box.setAttribute('aria-activedescendant', row.id);
    if (scroll) row.scrollIntoView({ block: 'nearest' });
  }

  // Says which row is open, or that none is.
  choose(row) {
    for (const one of this.box.querySelectorAll('[aria-selected=true]')) one.setAttribute('aria-selected', 'false');
    row?.setAttribute('aria-selected', 'true');
  }

  step(by) {
    const rows = this.box.children;
    if (rows.length === 0) return;
    const at = this.current ? Array.prototype.indexOf.call(rows, this.current) : -1;
    if (by > 0 && at === rows.length - 1) this.end();
    const to = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by));
    this.#go(rows[to]);
  }

  // The first row that is wholly seen: the place of somebody who has scrolled stays.
  #firstInView() {
    const { top } = this.box.parentElement.getBoundingClientRect();
    const rows = [...this.box.children];
    return rows.find((row) => row.getBoundingClientRect().top >= top) ?? rows.at(-1) ?? null;
  }

  edge(isFirst) {
    this.#go(isFirst ? this.box.firstElementChild : this.box.lastElementChild);
  }

  #go(row) {
    if (!row || row === this.current) return;
    this.set(row);
    this.moved(row);
  }

  #page() {
    const height = this.current?.offsetHeight || 30;
    return Math.max(1, Math.floor(this.box.parentElement.clientHeight / height) - 1);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      PageDown: () => this.step(this.#page()),
      PageUp: () => this.step(-this.#page()),
      Home: () => this.edge(true),
      End: () => this.edge(false),
      Enter: () => this.current && this.open(this.current),
      ' ': () => this.current && this.open(this.current),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }
}
