import { nameOf, type ResourceName, type Stack } from './cloud/template/template.ts';
import { StartError } from './startError.ts';
import { TABLE_NAMES } from './tableNames.ts';

/**
 * Where the parts of the templates that outlive a start are in a data folder. They are found by their
 * place in the CDK app; CDK's hash behind a logical id changes with every move within a stack.
 */
const TABLES = [
  { stack: 'MemopadAuth-', id: 'Users', name: TABLE_NAMES.auth },
  { stack: 'MemopadMemo-', id: 'Memos', name: TABLE_NAMES.memo },
  { stack: 'MemopadMemo-', id: 'Live', name: TABLE_NAMES.live },
];
const APIS = [
  { stack: 'MemopadAuth-', id: 'AuthApi', door: 'auth' },
  { stack: 'MemopadFederated-', id: 'Api', door: 'gateway' },
  { stack: 'MemopadLive-', id: 'SocketApi', door: 'socket' },
  { stack: 'MemopadAppSync-', id: 'Api', door: 'appsync' },
] as const;
export type Door = (typeof APIS)[number]['door'];

const SIGNING_KEY = { stack: 'MemopadAuth-', id: 'SigningKey' };

/** The tables' names by `<stack>/<logical id>`: the same as in one process, so that both find the other's data. */
export function tableNames(stacks: readonly Stack[]): Record<string, string> {
  const resources = stacks.flatMap(({ name: stack, template }) =>
    Object.keys(template.Resources).map((id) => ({ stack, id })),
  );
  return Object.fromEntries(
    resources.flatMap((resource) => {
      const table = TABLES.find((one) => isAt(resource, one));
      return table ? [[nameOf(resource), table.name]] : [];
    }),
  );
}

/** Which of the ports kept in the data folder an API has. @throws StartError when none is kept for it */
export function doorOf(api: ResourceName): Door {
  const found = APIS.find((one) => isAt(api, one));
  if (found) return found.door;
  throw new StartError(`${nameOf(api)}: local/places.ts knows no port for this API.`);
}

/** @throws StartError when it is another key, for which there is no file */
export function checkIsSigningKey(key: ResourceName): void {
  if (isAt(key, SIGNING_KEY)) return;
  throw new StartError(`${nameOf(key)}: local/places.ts knows no file for this key.`);
}

/** A CloudFormation resource that is a child of its stack has none. */
const HASH = /^([0-9A-F]{8})?$/;

function isAt(resource: ResourceName, place: ResourceName): boolean {
  const { id } = resource;
  const isId = id.startsWith(place.id) && HASH.test(id.slice(place.id.length));
  return isId && resource.stack.startsWith(place.stack);
}
