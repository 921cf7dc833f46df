/** The part of the engine that only files need; loaded with the first texts. */
export { plan } from '#core/plan.ts';
export { render } from '#core/render.ts';
