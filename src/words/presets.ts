/** Presets: selections worth starting from. Their titles and summaries are the catalog's own. */
export const presets = {
  menu: 'Presets',
  list: 'Presets',
  hint: 'Each takes the place of what is chosen. One undo brings it back.',
  opened: (title: string): string => `Opened the preset ${title}`,
  isOpen: (title: string): string => `${title} is what stands on the graph already.`,
  contains: (titles: string): string => `With ${titles}.`,
  first: 'Start from a preset',
  what: 'Choose what your app does. What that needs comes along, every file can be read here, and the download runs and passes its own tests.',
  dismiss: 'Dismiss presets',
} as const;
