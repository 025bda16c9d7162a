import { expect, test } from '@jest/globals';
import { AwsV4Signer } from 'aws4fetch';
import {
  buildSchema,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  parse,
  visit,
} from 'graphql';
import { createSignedClient } from '#aws/signedClient.ts';
import { VIEWER_FIELDS } from '#domain/memo/viewerFields.ts';
import { AppSyncOutOfReach, createAppSyncApi, PublishRefused } from '#live/appsync/appSyncApi.ts';
import { PUBLISH } from '#live/appsync/publishDocument.ts';
import { apiSdl } from '#schema/generated/apiSdl.ts';
import { type Reply, useServer } from '#tests/aws/useServer.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { someUlid } from '#tests/support/memos.ts';

const startServer = useServer();
const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'session',
};
const PAD = someUlid();
const [FIRST, SECOND] = [changeAt(PAD, 8), changeAt(PAD, 9, { memoId: null, aboutPadId: PAD })];
const publication = { padId: PAD, changes: [FIRST, SECOND], bare: false };

async function connect(...replies: Reply[]) {
  const { origin, requests } = await startServer(...replies);
  const client = createSignedClient({
    ...{ service: 'appsync', region: 'eu-west-1', credentials: CREDENTIALS, timeoutMs: 300 },
    endpoint: origin,
  });
  return { api: createAppSyncApi(client, '/graphql'), requests, origin };
}

const answer = (data: unknown, errors?: unknown): Reply => ({
  body: JSON.stringify({ data, errors }),
});
const published = (to: unknown) => answer({ publishMemoChanges: { to } });

test('a stretch of a log is published by a signed mutation, which says how far it came', async () => {
  const { api, requests, origin } = await connect(published(`${EPOCH}.8`));
  expect(await api.publish(publication)).toBe(8);
  const [request] = requests;
  expect(request).toMatchObject({ method: 'POST', path: '/graphql' });
  const { query, variables } = JSON.parse(request?.body ?? '');
  expect(query).toBe(PUBLISH);
  const change = { version: 8, kind: 'EDITED', truncated: false };
  expect(variables.batch).toEqual({
    ...{ padId: PAD, epoch: EPOCH, bare: false },
    changes: [
      { ...change, seq: 8, memoId: FIRST.memoId, padId: null },
      { ...change, seq: 9, memoId: null, padId: PAD, version: 9 },
    ],
  });
  const signed = await new AwsV4Signer({
    ...CREDENTIALS,
    ...{ method: 'POST', url: `${origin}/graphql`, body: request?.body ?? '', service: 'appsync' },
    ...{ region: 'eu-west-1', datetime: String(request?.headers['x-amz-date']) },
    headers: { 'content-type': 'application/json' },
    allHeaders: true,
  }).sign();
  expect(request?.headers.authorization).toBe(signed.headers.get('authorization'));
});

test('who left is named', async () => {
  const { api, requests } = await connect(answer({ endMemoChanges: true }));
  await api.endWatching(PAD, ['a', 'b']);
  expect(JSON.parse(requests[0]?.body ?? '').variables).toEqual({
    padId: PAD,
    userIds: ['a', 'b'],
  });
});

const ERROR = { errorType: 'INTERNAL', message: 'memo text' };
test.each<[string, Reply, unknown]>([
  ['too many', { status: 429, body: '{}' }, AppSyncOutOfReach],
  ['trouble', { status: 503, body: '' }, AppSyncOutOfReach],
  [
    'no grant',
    { status: 403, body: '{"errors":[{"errorType":"AccessDenied"}]}' },
    AppSyncOutOfReach,
  ],
  ['nothing', 'SAY_NOTHING', AppSyncOutOfReach],
  ['no GraphQL', { body: '<html>' }, AppSyncOutOfReach],
  ['a table without time', answer(null, [{ errorType: 'RATE_LIMITED' }]), AppSyncOutOfReach],
  ['an error', answer({ publishMemoChanges: null }, [ERROR]), PublishRefused],
  ['a part', answer({ publishMemoChanges: { to: `${EPOCH}.9` } }, [ERROR]), PublishRefused],
  ['no data', { body: 'null' }, PublishRefused],
  ['no end', published(null), PublishRefused],
  ['no step', published(`${EPOCH}.7`), PublishRefused],
])('a publication may fail: %s', async (_, reply, expected) => {
  const { api } = await connect(reply);
  const error = await api.publish(publication).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(expected);
  expect(String(error)).not.toContain('memo text');
});

test('everything is published that is the same for every watcher, and nothing else', () => {
  const schema = buildSchema(apiSdl);
  const wanted = (type: GraphQLOutputType): object | true => {
    const named = getNamedType(type);
    if (!isObjectType(named)) return true;
    const fields = Object.values(named.getFields());
    const shared = fields.filter(
      ({ name }) => !Object.hasOwn(VIEWER_FIELDS, `${named.name}.${name}`),
    );
    return Object.fromEntries(shared.map((field) => [field.name, wanted(field.type)]));
  };
  expect(selected()).toEqual(wanted(schema.getType('MemoChangeBatch') as GraphQLOutputType));
});

/** The selection of the mutation's one field, as nested objects. */
function selected(): unknown {
  const document = parse(PUBLISH);
  const fragments = new Map<string, object>();
  const merge = (parts: readonly object[]) => Object.assign({}, ...parts) as object;
  const read = visit(document, {
    Field: {
      leave: ({ name, selectionSet }) => ({ [name.value]: (selectionSet ?? true) as unknown }),
    },
    SelectionSet: { leave: ({ selections }) => merge(selections as unknown as object[]) },
    FragmentSpread: { leave: ({ name }) => ({ [`...${name.value}`]: true }) },
    FragmentDefinition: {
      leave: ({ name, selectionSet }) =>
        void fragments.set(`...${name.value}`, selectionSet as unknown as object),
    },
    OperationDefinition: { leave: ({ selectionSet }) => selectionSet as never },
  }) as unknown as { definitions: [{ publishMemoChanges: unknown }] };
  const spread = (node: unknown): unknown => {
    if (node === true) return true;
    const entries = Object.entries(Object(node)).flatMap(([name, part]) =>
      name.startsWith('...')
        ? Object.entries(Object(fragments.get(name)))
        : [[name, part] as const],
    );
    return Object.fromEntries(entries.map(([name, part]) => [name, spread(part)]));
  };
  return spread(read.definitions[0].publishMemoChanges);
}
