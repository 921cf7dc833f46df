/** What the Files tab says. */

/** A text from a link, short and without anything invisible. */
function shown(path: string): string {
  const visible = path.replace(/[^\x21-\x7e]/gu, '?');
  return visible.length > 80 ? `${visible.slice(0, 77)}...` : visible;
}

export const files = {
  noFile: (path: string): string => `There is no file ${shown(path)} in this project.`,
  noLine: (path: string, line: number, last: number): string =>
    `${shown(path)} ends with line ${last}, so there is no line ${line}.`,
  place: (path: string, line: number | undefined): string =>
    line === undefined ? `the link to ${path}` : `the link to line ${line} of ${path}`,
} as const;
