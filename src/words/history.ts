/** What the page says of the steps one can go back to. */
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const steps = {
  button: 'All steps',
  title: 'Steps, the newest first',
  none: 'Nothing has been done yet.',
  beginning: 'The beginning',
  now: 'now',
  undone: 'undone',
  /** A command's title. */
  goTo: (name: string | undefined): string => (name ? `Go to the step: ${lower(name)}` : 'Go back to the beginning'),
  went: (name: string | undefined): string =>
    name ? `Went to the step: ${lower(name)}.` : 'Went back to the beginning.',
} as const;
