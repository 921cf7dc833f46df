/** The first things Tab meets. Buttons, because the address bar's fragment holds the project. */
const TARGETS = [
  { id: 'graph', label: 'Skip to the graph' },
  { id: 'inspector', label: 'Skip to the inspector' },
  { id: 'results', label: 'Skip to the results' },
] as const;

export function SkipLinks() {
  return (
    <nav className="skip" aria-label="Skip">
      {TARGETS.map(({ id, label }) => (
        <button key={id} type="button" className="button" onClick={() => document.getElementById(id)?.focus()}>
          {label}
        </button>
      ))}
    </nav>
  );
}
