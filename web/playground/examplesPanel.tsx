import { UnStyledButton } from '@graphiql/react';
import { useState } from 'react';
import type { Example, LookedUp } from './examples/example.ts';
import { prepareExample } from './examples/prepareExample.ts';
import { SHELVES } from './examples/shelves.ts';
import { dataOf } from './graphqlFailure.ts';
import { type Services, useServices } from './services.ts';
import { uncoverEditors } from './sidebar.ts';
import { useOpenOperation } from './useOpenOperation.ts';

/** The example operations; each opens in the editor, filled with the viewer's own data. */
export function ExamplesPanel() {
  const services = useServices();
  const openOperation = useOpenOperation();
  const [said, setSaid] = useState<{ about: Example; notice: string | null } | null>(null);

  async function open(example: Example) {
    const { operation, variables, notice } = await prepareExample(example, askAsViewer(services));
    openOperation?.(operation, variables);
    setSaid({ about: example, notice });
    if (!notice) uncoverEditors('Examples');
  }

  return (
    <section className="playground-panel" aria-label="Examples">
      <h2>Examples</h2>
      <p>Pick one, then run it with ▶ or Ctrl-Enter.</p>
      {SHELVES.map(({ heading, examples }) => (
        <div key={heading}>
          <h3>{heading}</h3>
          {examples.map((example) => (
            <UnStyledButton
              key={example.title}
              type="button"
              className="playground-example"
              onClick={() => void open(example)}
            >
              <strong>{example.title}</strong>
              <span>{example.about}</span>
              {said?.about === example && said.notice && <em role="status">{said.notice}</em>}
            </UnStyledButton>
          ))}
        </div>
      ))}
    </section>
  );
}

function askAsViewer({ post, session }: Services) {
  return async (query: string): Promise<LookedUp> => {
    const authorization = await session.authorization();
    return dataOf((await post({ query }, authorization ? { authorization } : {})).answer);
  };
}
