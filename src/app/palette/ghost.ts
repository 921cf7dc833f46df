/** What hangs on the pointer while a module is dragged. */
import type { Module } from '#core/module.ts';

export class Ghost {
  readonly #element = document.createElement('div');

  constructor(module: Module) {
    this.#element.className = `ghost kind-${module.kind}`;
    this.#element.textContent = module.title;
    this.#element.setAttribute('aria-hidden', 'true');
    document.body.append(this.#element);
  }
  move(x: number, y: number): void {
    this.#element.style.translate = `${x}px ${y}px`;
  }
  remove(): void {
    this.#element.remove();
  }
}
