/** Provenance in words: what lights up, and what the marked line comes from. */
import { Fragment } from 'react';
import type { Source } from '#core/facts.ts';
import type { Light } from '#core/provenance.ts';
import { titleOf } from '#words/en.ts';
import { optionIs, sourceWords, files as words } from '#words/files.ts';
import { catalog } from '../../catalog.ts';
import { copyPlace, goToSource, listFiles } from '../actions/files.ts';
import { perform } from '../store/action.ts';
import { resolutionOf } from '../store/derive.ts';
import { useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

function useValues() {
  const { modules } = resolutionOf(useSelection());
  return (id: string) => modules.find(({ module }) => module.id === id)?.options ?? {};
}

/** What lights up, and how to see only that. */
interface LegendProps {
  readonly source: Source | undefined;
  readonly light: Light | undefined;
  readonly isListed: boolean;
}

export function Legend({ source, light, isListed }: LegendProps) {
  const valuesOf = useValues();
  const title = source && sourceWords(catalog, source, valuesOf(source.module));
  return (
    <div className="legend">
      <p>
        {!title || !light
          ? words.point
          : light.lines === 0
            ? words.noLight(title)
            : words.light(light.spans.size, light.lines, title)}
      </p>
      {isListed ? (
        <Words onClick={() => perform(listFiles, undefined)}>{words.listAll}</Words>
      ) : (
        source &&
        light &&
        light.lines > 0 && <Words onClick={() => perform(listFiles, source)}>{words.listThese}</Words>
      )}
    </div>
  );
}

interface LineProps {
  readonly path: string;
  readonly line: number | undefined;
  readonly text: string;
  readonly sources: readonly Source[];
}

/** Says it as the line moves, and leads to each module and option. */
export function LineSource({ path, line, text, sources }: LineProps) {
  const valuesOf = useValues();
  const modules = [...new Set(sources.map(({ module }) => module))];
  return (
    <div className="line-source">
      <p role="status">
        {line === undefined ? (
          words.ask
        ) : (
          <>
            <b>{words.line(line)}</b>
            <span className="sr">: {text}</span>
            <span aria-hidden="true"> · </span>
            {modules.length === 0 ? words.everything : `${words.from} `}
            {modules.map((module, at) => (
              <Fragment key={module}>
                {at > 0 && '; '}
                <Words onClick={() => perform(goToSource, { module })}>{titleOf(catalog, module)}</Words>
                {sources
                  .flatMap((source) => (source.module === module && source.option !== undefined ? source.option : []))
                  .map((option, index) => (
                    <Fragment key={option}>
                      {index === 0 ? `${words.because} ` : ` ${words.and} `}
                      <Words onClick={() => perform(goToSource, { module, option })}>
                        {optionIs(catalog, module, option, valuesOf(module))}
                      </Words>
                    </Fragment>
                  ))}
              </Fragment>
            ))}
          </>
        )}
      </p>
      {line !== undefined && (
        <Button
          label={words.linkLine}
          icon="link"
          bare
          look="quiet"
          className="small"
          tip={words.linkLine}
          onClick={() => perform(copyPlace, path, line)}
        />
      )}
    </div>
  );
}

function Words({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button type="button" className="words-link" onClick={onClick}>
      {children}
    </button>
  );
}
