/** A change as the watcher asks for it. */
export interface WatchedChange {
  readonly seq: number;
  readonly kind: 'CREATED' | 'EDITED' | 'DELETED' | 'PAD_CHANGED' | 'PAD_LEFT';
  readonly memoId: string | null;
  readonly version: number;
  readonly truncated: boolean;
  /** The pad that a change of a pad is about. */
  readonly padId: string | null;
  readonly pad: { readonly name: string } | null;
  readonly memo: {
    readonly title: string;
    readonly state: 'ACTIVE' | 'ARCHIVED' | 'TRASHED';
  } | null;
}

const WORDS: Readonly<Record<WatchedChange['kind'], string>> = {
  CREATED: 'created',
  EDITED: 'edited',
  DELETED: 'deleted',
  PAD_CHANGED: 'pad changed',
  PAD_LEFT: 'pad left',
};

/** One line: `    42  edited       v3  “Plan” (in the trash)`. */
export function describeChange(change: WatchedChange): string {
  const { seq, kind, version } = change;
  const number = String(seq).padStart(6);
  const at = kind.startsWith('PAD_') ? '' : `v${version}`;
  return `${number}  ${WORDS[kind].padEnd(11)}  ${at.padEnd(5)} ${describeSubject(change)}`.trimEnd();
}

function describeSubject({ memo, padId, pad, memoId, truncated }: WatchedChange): string {
  if (padId) return `pad ${pad?.name ? `“${oneLine(pad.name)}” ` : ''}${padId}`;
  if (!memo) return truncated ? `${memoId ?? ''} (too large to show)` : (memoId ?? '');
  const place = { ACTIVE: '', ARCHIVED: ' (archived)', TRASHED: ' (in the trash)' }[memo.state];
  return `“${oneLine(memo.title)}”${place}`;
}

/** A terminal obeys control characters; titles are other people's. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
