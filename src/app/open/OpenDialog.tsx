/** Opening a project without dropping it: a file from the disk, or a text. */
import './open.css';
import { useId, useState } from 'react';
import { open as words } from '#words/open.ts';
import { openSource, openText } from '../actions/open.ts';
import { Modal } from '../dialogs/Modal.tsx';
import { perform, useRefusal } from '../store/action.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

export default function OpenDialog({ refused }: { refused: string | undefined }) {
  const id = useId();
  const [text, setText] = useState('');
  const isEmpty = useRefusal(openText, text);
  return (
    <Modal
      title={words.title}
      foot={<Button label={words.action} look="primary" refused={isEmpty} onClick={() => perform(openText, text)} />}
    >
      <p>{words.intro}</p>
      <div className="open-way">
        <label htmlFor={`${id}-file`}>{words.file}</label>
        <input
          id={`${id}-file`}
          className="open-file"
          type="file"
          accept=".zip,.json,application/zip,application/json"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) perform(openSource, { kind: 'file', file });
            // The same file once more is a choice too.
            event.target.value = '';
          }}
        />
      </div>
      <div className="open-way">
        <label htmlFor={`${id}-text`}>{words.text}</label>
        <textarea
          id={`${id}-text`}
          className="field open-text"
          rows={5}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div role="alert">
        {refused && (
          <p className="open-refused">
            <Icon name="warning" />
            {refused}
          </p>
        )}
      </div>
      <p className="option-summary">{words.stays}</p>
    </Modal>
  );
}
