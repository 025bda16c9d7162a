import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { getOperationAST, parse } from 'graphql';
import type { Variables } from './examples/example.ts';

type OpenOperation = (operation: string, variables: Variables | undefined) => void;

/**
 * Opens an operation in the editor: in the tab that shows it already, else in the active tab when
 * that is empty, else in a new one. Null until the editors are there.
 */
export function useOpenOperation(): OpenOperation | null {
  const { addTab, changeTab, setOperationName } = useGraphiQLActions();
  const { queryEditor, variableEditor, tabs } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'tabs'),
  );
  if (!queryEditor || !variableEditor) return null;
  return (operation, variables) => {
    const open = tabs.findIndex(({ query }) => query === operation);
    if (open >= 0) changeTab(open);
    else if (queryEditor.getValue().trim() !== '') addTab();
    queryEditor.setValue(operation);
    variableEditor.setValue(variables ? JSON.stringify(variables, null, 2) : '');
    // The editor finds the name too, but a moment later: who runs it at once would run the old name.
    setOperationName(nameOf(operation));
    queryEditor.focus();
  };
}

function nameOf(operation: string): string {
  return getOperationAST(parse(operation))?.name?.value ?? '';
}
