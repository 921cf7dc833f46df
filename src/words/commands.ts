/** The command palette's sentences. */
export const commands = {
  button: 'Commands',
  title: 'Commands',
  field: 'What shall be done?',
  placeholder: 'Type what you want to do',
  none: (query: string): string => `Nothing here does “${query}”.`,
  count: (count: number): string => (count === 1 ? '1 command' : `${count} commands`),
  add: (title: string): string => `Add ${title}`,
  remove: (title: string): string => `Remove ${title}`,
  inspect: (title: string): string => `Configure ${title}`,
  write: (title: string, option: string): string => `Write ${title}’s ${option}`,
  connect: (from: string, to: string, option: string): string => `Connect ${from} to ${to}: ${option}`,
  open: (path: string): string => `Open ${path}`,
  theme: (theme: string): string => `Theme: ${theme}`,
  show: (pane: string): string => `Show ${pane}`,
} as const;

/** Keys that are the graph's own. */
export const shortcuts = {
  graph: [
    { keys: 'Arrows', title: 'Move the selected node' },
    { keys: 'Delete', title: 'Remove the selected nodes, or the connection' },
    { keys: 'Enter', title: 'On a node’s handle: begin a connection; on another node: end it there' },
    { keys: 'Escape', title: 'Stop connecting' },
    { keys: 'Shift drag', title: 'Select several nodes' },
  ],
} as const;
