declare module 'virtual:catalog' {
  export const source: import('./core/catalog.ts').CatalogSource;
  export const contents: Readonly<
    Record<string, () => Promise<{ content: import('./core/contents.ts').ModuleContent }>>
  >;
}
