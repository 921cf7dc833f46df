/** The commands a README tells a person to type. */

export interface Block {
  /** The `##` heading it stands under. */
  readonly heading: string;
  readonly commands: readonly string[];
}

/** The one section whose commands need a container engine, which test machines lack. */
export function needsContainers(block: Block): boolean {
  return /\bcontainers?\b/i.test(block.heading);
}

/** Commands in fenced `sh` blocks; one that is continued by a backslash is one. */
export function commandBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: string[] | undefined;
  for (const line of markdown.replace(/\\\n\s*/g, ' ').split('\n')) {
    if (open === undefined) {
      heading = /^##+ (.*)$/.exec(line)?.[1] ?? heading;
      if (/^```(?:sh|bash|shell|console)\s*$/.test(line)) open = [];
    } else if (line.startsWith('```')) {
      blocks.push({ heading, commands: open });
      open = undefined;
    } else {
      const command = line
        .replace(/^\$ /, '')
        .replace(/\s+# .*$/, '')
        .trim();
      if (command !== '' && !command.startsWith('#')) open.push(command);
    }
  }
  return blocks;
}
