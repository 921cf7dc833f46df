/** The one place where a path of a generated file is judged. */

const WINDOWS_DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** Why a path cannot be in a project, or `undefined` if it can. */
export function refusePath(path: string): string | undefined {
  if (path === '' || path.length > 200) return 'is empty or longer than 200 characters';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'has a control character';
  if (/\p{Surrogate}/u.test(path)) return 'has half a character';
  if (path.includes('\\')) return 'has a backslash';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is absolute';
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return 'has an empty, . or .. segment';
    if (WINDOWS_DEVICE.test(segment)) return `has the Windows device name ${segment}`;
    if (/[. ]$/.test(segment) || /[<>:"|?*]/.test(segment)) return `has a segment Windows cannot hold: ${segment}`;
  }
  return undefined;
}

/** Two paths with the same key are the same file on some disk: case-folded and normalised. */
export function pathKey(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Windows device names are also refused as project names, since the project is a folder. */
export function isDeviceName(name: string): boolean {
  return WINDOWS_DEVICE.test(name);
}
