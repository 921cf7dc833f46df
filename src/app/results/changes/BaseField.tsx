/** What to compare with. */
import { useId, useState } from 'react';
import { codeIn } from '#core/init.ts';
import { decode } from '#core/share.ts';
import { base as words } from '#words/changes.ts';
import { noticeRefusal } from '#words/notices.ts';
import { catalog, presets } from '../../../catalog.ts';
import { compareWith } from '../../actions/changes.ts';
import { perform } from '../../store/action.ts';
import type { Base } from '../../store/state.ts';
import { useComposer } from '../../store/store.ts';

/** A preset's value in the list; the other kinds are their own. */
const PRESET = 'preset:';
const choiceOf = (base: Base): string => (base.kind === 'preset' ? `${PRESET}${base.id}` : base.kind);

interface Props {
  readonly against: Base;
  /** Whether a link is asked for, also before one is there. */
  readonly isLink: boolean;
  readonly setLink: (is: boolean) => void;
}

export function BaseField({ against, isLink, setLink }: Props) {
  const canDownload = useComposer((state) => state.ui.downloaded !== undefined);
  const hasOpened = useComposer((state) => state.ui.opened !== undefined);
  const choose = (value: string): void => {
    setLink(value === 'link');
    if (value.startsWith(PRESET)) perform(compareWith, { kind: 'preset', id: value.slice(PRESET.length) });
    else if (value === 'nothing' || value === 'download' || value === 'opened') perform(compareWith, { kind: value });
  };
  return (
    <>
      <select
        className="changes-base"
        aria-label={words.label}
        value={isLink ? 'link' : choiceOf(against)}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="nothing">{words.nothing}</option>
        <option value="download" disabled={!canDownload}>
          {canDownload ? words.download : words.noDownload}
        </option>
        {hasOpened && <option value="opened">{words.opened}</option>}
        <optgroup label={words.presets}>
          {presets.map(({ id, title }) => (
            <option key={id} value={`${PRESET}${id}`}>
              {title}
            </option>
          ))}
        </optgroup>
        <option value="link">{words.link}</option>
      </select>
      {isLink && (
        <LinkField
          code={against.kind === 'link' ? against.code : ''}
          take={(code) => perform(compareWith, code === undefined ? { kind: 'nothing' } : { kind: 'link', code })}
        />
      )}
    </>
  );
}

/** A link is taken up when all of it can be; until then one sentence says what is wrong. */
function LinkField({ code, take }: { code: string; take: (code: string | undefined) => void }) {
  const id = useId();
  const [typed, setTyped] = useState(code);
  const text = typed.trim();
  const [fault] = text === '' ? [] : decode(catalog, codeIn(text) ?? text).notices;
  return (
    <div className="base-link">
      <input
        className="field"
        aria-label={words.linkLabel}
        aria-invalid={fault !== undefined}
        aria-describedby={fault && id}
        placeholder={words.linkHint}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          const given = target.value.trim();
          const found = codeIn(given) ?? given;
          if (given === '') take(undefined);
          else if (decode(catalog, found).notices.length === 0) take(found);
        }}
      />
      {fault && (
        <p id={id} className="base-fault" role="alert">
          {noticeRefusal(catalog, fault)}
        </p>
      )}
    </div>
  );
}
