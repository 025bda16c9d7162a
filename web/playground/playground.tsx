import { GraphiQL, type GraphiQLProps, HISTORY_PLUGIN } from 'graphiql';
import { Suspense } from 'react';
import { AccountBadge } from './accountBadge.tsx';
import { AccountPanel } from './accountPanel.tsx';
import { DoorSwitch } from './doorSwitch.tsx';
import { LIST_MEMOS } from './examples/memos.ts';
import { ExamplesPanel } from './examplesPanel.tsx';
import { AccountIcon, ExamplesIcon } from './icons.tsx';
import { InviteOpener } from './inviteOpener.tsx';
import { EditorFont, SystemTheme } from './look.tsx';

// Made once: GraphiQL closes the open panel when its plugins are other objects than before.
const ACCOUNT_PLUGIN = { title: 'Account', icon: AccountIcon, content: AccountPanel };
const EXAMPLES_PLUGIN = { title: 'Examples', icon: ExamplesIcon, content: ExamplesPanel };
const PLUGINS = [ACCOUNT_PLUGIN, EXAMPLES_PLUGIN, HISTORY_PLUGIN];

const FIRST_QUERY = `# Sign in on the left, then run this with ▶ or Ctrl-Enter.\n${LIST_MEMOS.operation}`;

export interface PlaygroundProps {
  readonly fetcher: GraphiQLProps['fetcher'];
  readonly storage: NonNullable<GraphiQLProps['storage']>;
  /** Gives the secret of the invite link that led here, once; null when none did. */
  readonly takeInvite: () => string | null;
}

/** GraphiQL with an account and examples. It reads the schema from the service. */
export function Playground({ fetcher, storage, takeInvite }: PlaygroundProps) {
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={PLUGINS}
      visiblePlugin={ACCOUNT_PLUGIN}
      defaultQuery={FIRST_QUERY}
      defaultEditorToolsVisibility="variables"
      shouldPersistHeaders={false}
      inputValueDeprecation
    >
      <GraphiQL.Logo>
        <Suspense>
          <DoorSwitch />
        </Suspense>
        <AccountBadge />
      </GraphiQL.Logo>
      <SystemTheme />
      <EditorFont />
      <InviteOpener takeInvite={takeInvite} />
    </GraphiQL>
  );
}
