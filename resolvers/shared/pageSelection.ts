/**
 * What is selected of a page of memos. AppSync lists the paths of a selection, those in fragments too, but
 * calls each field by its alias, so that an alias may hide what it is: then the page is read as if it were
 * the costliest. A body that hides behind another field's name is read by its own resolver, memo by memo.
 */
import type { Info } from '@aws-appsync/utils';

/** The fields of a Memo that a page has without its bodies. */
const WITHOUT_BODY = [
  '__typename',
  'id',
  'pad',
  'title',
  'excerpt',
  'taskCount',
  'doneTaskCount',
  'tags',
  'color',
  'pinned',
  'state',
  'trashedAt',
  'version',
  'createdAt',
  'updatedAt',
  'author',
  'lastEditor',
];

/** Whether bodies are needed, or tasks, which stand in them. */
export function selectsBodies(info: Info): boolean {
  return memoPaths(info).some((path) => path.length === 1 && isNoneOf(path[0], WITHOUT_BODY));
}

/** Whether more of the memos' pad is needed than a memo knows. */
export function selectsPadRow(info: Info): boolean {
  return memoPaths(info).some(
    ([field, ofPad, ...more]) =>
      field === 'pad' &&
      ofPad !== undefined &&
      more.length === 0 &&
      isNoneOf(ofPad, PAD_WITHOUT_ROW),
  );
}

const PAD_WITHOUT_ROW = ['__typename', 'id', 'personal', 'role', 'members', 'invites', 'memos'];

/** Only the cursor and `__typename` are selected without fields of their own, whatever they are called. */
export function selectsChangesCursor({ selectionSetList }: Info): boolean {
  const fields = selectionSetList.filter((path) => path.indexOf('/') < 0);
  return fields.some(
    (field) =>
      field !== '__typename' && !selectionSetList.some((path) => path.startsWith(`${field}/`)),
  );
}

/** What is selected of the page's memos, from `nodes` and from `edges { node }`, as the parts of paths. */
function memoPaths({ selectionSetList }: Info): string[][] {
  const paths = selectionSetList.map((path) => path.split('/'));
  return paths.flatMap(([first = '', second = '', ...rest]) => {
    if (first === 'pageInfo' || second === '') return [];
    if (first === 'nodes') return [[second, ...rest]];
    if (first === 'edges') return rest.length > 0 && second !== 'cursor' ? [rest] : [];
    return [[second, ...rest], rest].filter((path) => path.length > 0);
  });
}

const isNoneOf = (field: string | undefined, known: readonly string[]): boolean =>
  field !== undefined && known.indexOf(field) < 0;
