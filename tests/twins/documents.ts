import type { ActionName } from './actions.ts';

const USER = 'id displayName email';
const SUMMARY = `id pad { id name personal role } title excerpt taskCount doneTaskCount tags color pinned state
  trashedAt version createdAt updatedAt author { ${USER} } lastEditor { id }`;
const MEMO = `${SUMMARY} body tasks { index text done }`;
const PAD = `id name personal role createdAt members { user { ${USER} } role since }
  invites { id role secret url expiresAt }`;
const page = (fields: string) =>
  `changesCursor edges { cursor node { id title } } nodes { ${fields} } pageInfo { hasNextPage endCursor }`;
const LISTING = '$filter: MemoFilter, $first: Int, $after: String';
const LISTED = 'filter: $filter, first: $first, after: $after';

const one = (name: string, fields = '') =>
  `mutation ($id: ID!) { ${name}(id: $id)${fields && ` { ${fields} }`} }`;

/** The operation of each action. A list is asked for its summaries alone, or with bodies. */
export const DOCUMENTS: Readonly<Record<Exclude<ActionName, 'wait'>, string>> = {
  me: `{ me { ${USER} createdAt } }`,
  pads: `{ pads { ${PAD} } }`,
  pad: `query ($id: ID!) { pad(id: $id) { ${PAD} } }`,
  createPad: `mutation ($name: String!) { createPad(name: $name) { ${PAD} } }`,
  renamePad: `mutation ($id: ID!, $name: String!) { renamePad(id: $id, name: $name) { ${PAD} } }`,
  deletePad: one('deletePad'),
  leavePad: 'mutation ($padId: ID!) { leavePad(padId: $padId) }',
  createInvite: `mutation ($padId: ID!, $role: PadRole!, $expiresAt: AWSDateTime) {
    createInvite(padId: $padId, role: $role, expiresAt: $expiresAt) { id role secret url expiresAt } }`,
  revokeInvite: 'mutation ($padId: ID!, $id: ID!) { revokeInvite(padId: $padId, id: $id) }',
  acceptInvite: `mutation ($secret: String!) { acceptInvite(secret: $secret) { ${PAD} } }`,
  setRole: `mutation ($padId: ID!, $userId: ID!, $role: PadRole!) {
    setRole(padId: $padId, userId: $userId, role: $role) { ${PAD} } }`,
  removeMember: `mutation ($padId: ID!, $userId: ID!) {
    removeMember(padId: $padId, userId: $userId) { ${PAD} } }`,
  createMemo: `mutation ($input: CreateMemoInput!) { createMemo(input: $input) { ${MEMO} } }`,
  updateMemo: `mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { ${MEMO} } }`,
  setTaskDone: `mutation ($memoId: ID!, $index: Int!, $done: Boolean!, $expectedVersion: Int!) {
    setTaskDone(memoId: $memoId, index: $index, done: $done, expectedVersion: $expectedVersion) { ${MEMO} } }`,
  memo: `query ($id: ID!) { memo(id: $id) { ${MEMO} } }`,
  trashMemo: one('trashMemo', MEMO),
  restoreMemo: one('restoreMemo', MEMO),
  purgeMemo: one('purgeMemo'),
  emptyTrash: 'mutation ($padId: ID) { emptyTrash(padId: $padId) }',
  memos: `query ($padId: ID, ${LISTING}) { memos(padId: $padId, ${LISTED}) { ${page(SUMMARY)} } }`,
  memoChanges: `query ($padId: ID!, $since: String, $first: Int) {
    memoChanges(padId: $padId, since: $since, first: $first) {
      padId from to caughtUp reset changes { seq kind memoId padId version truncated memo { title } pad { name } } } }`,
  padMemos: `query ($id: ID!, ${LISTING}) { pad(id: $id) { name memos(${LISTED}) { ${page(SUMMARY)} } } }`,
};

/** The same list, with each memo's whole text; a page's tasks are too costly at one door. */
export const withBodies = (document: string): string =>
  document.replace(`nodes { ${SUMMARY} }`, `nodes { ${SUMMARY} body }`);
