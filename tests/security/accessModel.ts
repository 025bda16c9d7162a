import type { ErrorCode } from '#domain/errors.ts';
import type { PadRole } from '#tests/contract/pads.ts';

/** What one of three people does to one shared pad; indexes are taken modulo what there is. */
export type Step = { readonly actor: number } & (
  | { readonly kind: 'createMemo'; readonly title: string }
  | { readonly kind: 'readMemo' | 'trashMemo' | 'restoreMemo' | 'purgeMemo'; readonly memo: number }
  | {
      readonly kind: 'updateMemo';
      readonly memo: number;
      readonly title: string;
      readonly base: Base;
    }
  | { readonly kind: 'emptyTrash' | 'listMemos' | 'leavePad' | 'renamePad' | 'deletePad' }
  | { readonly kind: 'setRole'; readonly target: number; readonly role: PadRole }
  | { readonly kind: 'removeMember'; readonly target: number }
  | { readonly kind: 'createInvite'; readonly role: PadRole }
  | { readonly kind: 'revokeInvite' | 'acceptInvite'; readonly invite: number }
);

/** Which version an update says it was made against. */
export type Base = 'NONE' | 'CURRENT' | 'STALE';
export type Outcome = 'DONE' | ErrorCode;

export interface ModelMemo {
  title: string;
  version: number;
  state: 'ACTIVE' | 'TRASHED' | 'PURGED';
}

/** The whole of what is promised about access, in a page: the words of the schema and nothing of the code. */
export class AccessModel {
  readonly roles: (PadRole | null)[];
  readonly memos: ModelMemo[] = [];
  readonly invites: { role: PadRole; open: boolean; readonly maker: number }[] = [];
  isDeleted = false;

  constructor(roles: (PadRole | null)[]) {
    this.roles = [...roles];
  }

  /** Says how a step must end, and takes it. */
  take(step: Step): Outcome {
    switch (step.kind) {
      case 'createMemo':
        return this.#asRole(step, 'EDITOR', () => {
          this.memos.push({ title: step.title, version: 1, state: 'ACTIVE' });
          return 'DONE';
        });
      case 'readMemo':
        return this.#asRole(step, 'VIEWER', () => this.#onMemo(step.memo, () => 'DONE'));
      case 'updateMemo':
        return this.#asRole(step, 'EDITOR', () =>
          this.#onMemo(step.memo, (memo) => {
            if (step.base === 'STALE') return 'CONFLICT';
            return write(memo, { title: step.title });
          }),
        );
      case 'trashMemo':
        return this.#asRole(step, 'EDITOR', () =>
          this.#onMemo(step.memo, (memo) => write(memo, { state: 'TRASHED' })),
        );
      case 'restoreMemo':
        return this.#asRole(step, 'EDITOR', () =>
          this.#onMemo(step.memo, (memo) => write(memo, { state: 'ACTIVE' })),
        );
      case 'purgeMemo':
        return this.#asRole(step, 'EDITOR', () =>
          this.#onMemo(step.memo, (memo) => write(memo, { state: 'PURGED' })),
        );
      case 'emptyTrash':
        return this.#asRole(step, 'EDITOR', () => {
          for (const memo of this.memos) if (memo.state === 'TRASHED') memo.state = 'PURGED';
          return 'DONE';
        });
      case 'listMemos':
        return this.#asRole(step, 'VIEWER', () => 'DONE');
      case 'renamePad':
        return this.#asRole(step, 'OWNER', () => 'DONE');
      case 'leavePad':
        return this.#asRole(step, 'VIEWER', () => this.#change(step.actor, null));
      case 'removeMember':
        return this.#asRole(step, 'OWNER', () => this.#change(step.target, null));
      case 'setRole':
        return this.#asRole(step, 'OWNER', () => this.#change(step.target, step.role));
      case 'deletePad':
        return this.#asRole(step, 'OWNER', () => {
          this.isDeleted = true;
          return 'DONE';
        });
      case 'createInvite':
        return this.#asRole(step, 'OWNER', () => {
          this.invites.push({ role: step.role, open: true, maker: step.actor });
          return 'DONE';
        });
      case 'revokeInvite':
        return this.#asRole(step, 'OWNER', () => {
          const invite = this.invites[step.invite];
          if (!invite?.open) return 'NOT_FOUND';
          invite.open = false;
          return 'DONE';
        });
      case 'acceptInvite': {
        const invite = this.invites[step.invite];
        if (!invite?.open || this.isDeleted) return 'NOT_FOUND';
        this.roles[step.actor] ??= invite.role;
        return 'DONE';
      }
    }
  }

  /** The role that counts: none in a pad that is deleted. */
  roleOf(person: number): PadRole | null {
    return this.isDeleted ? null : (this.roles[person] ?? null);
  }

  #asRole({ actor }: Step, needed: PadRole, action: () => Outcome): Outcome {
    const role = this.roleOf(actor);
    if (role === null) return 'NOT_FOUND';
    return RANK[role] < RANK[needed] ? 'FORBIDDEN' : action();
  }

  #onMemo(index: number, action: (memo: ModelMemo) => Outcome): Outcome {
    const memo = this.memos[index];
    return memo && memo.state !== 'PURGED' ? action(memo) : 'NOT_FOUND';
  }

  #change(person: number, role: PadRole | null): Outcome {
    const before = this.roles[person];
    if (!before) return 'NOT_FOUND';
    const owners = this.roles.filter((one) => one === 'OWNER').length;
    if (before === 'OWNER' && role !== 'OWNER' && owners === 1) return 'BAD_USER_INPUT';
    this.roles[person] = role;
    if (role !== 'OWNER')
      for (const invite of this.invites) if (invite.maker === person) invite.open = false;
    return 'DONE';
  }
}

const RANK: Readonly<Record<PadRole, number>> = { VIEWER: 1, EDITOR: 2, OWNER: 3 };

/** What changes nothing writes nothing. */
function write(memo: ModelMemo, change: Partial<ModelMemo>): Outcome {
  const after = { ...memo, ...change };
  if (after.title !== memo.title || after.state !== memo.state) memo.version += 1;
  Object.assign(memo, change);
  return 'DONE';
}
