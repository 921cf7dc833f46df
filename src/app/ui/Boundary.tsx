/** What fails inside stays inside: a part that cannot be loaded or drawn says so, and the project is safe in the address. */
import { Component, type ReactNode } from 'react';

export class Boundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="waiting" role="alert">
        <p>This part could not be shown. Your project is safe in the address of the page.</p>
        <button type="button" className="button small" onClick={() => location.reload()}>
          Load the page again
        </button>
      </div>
    );
  }
}
