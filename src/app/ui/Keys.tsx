/** A shortcut's keys; with a Mac's on a Mac. */
const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{isMac && key === 'Ctrl' ? '⌘' : key}</kbd>
      ))}
    </span>
  );
}
