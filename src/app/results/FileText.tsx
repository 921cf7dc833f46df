/** A file's text with line numbers and light colours; a highlighter of our own, see `colour.ts`. */
import { memo, useMemo } from 'react';
import { coloured } from './colour.ts';

export const FileText = memo(function FileText({ path, text }: { path: string; text: string }) {
  const lines = useMemo(() => coloured(path, text), [path, text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="file-text scroll" tabIndex={0} aria-label={`Text of ${path}`}>
      <ol className="lines">
        {lines.map((line, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <li key={number} className="line">
            <code>
              {line.map(({ kind, text: piece }, index) =>
                kind === 'plain' ? (
                  piece
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
                  <span key={index} className={`tok-${kind}`}>
                    {piece}
                  </span>
                ),
              )}
              {line.length === 0 && '\n'}
            </code>
          </li>
        ))}
      </ol>
    </section>
  );
});
