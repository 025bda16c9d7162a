import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PadParent, InviteParent, MemoParent, MemoConnectionParent, MemoEdgeParent, MemoChangeBatchParent, MemoChangeParent } from './parents.ts';
import type { PadMember as PadMemberModel } from '../../domain/memo/pad.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An ISO 8601 date and time with a zone, to the millisecond: `2026-01-31T09:30:00.000Z`. Answers are always in UTC. */
  AWSDateTime: { input: string; output: string; }
  /** An absolute http or https URL. */
  AWSURL: { input: string; output: string; }
  _FieldSet: { input: any; output: any; }
};

/** What a change did. */
export type ChangeKind =
  /** A memo was made. */
  | 'CREATED'
  /** A memo was purged. */
  | 'DELETED'
  /** A memo was written to, put into the trash or taken out of it. */
  | 'EDITED'
  /** A pad got another name or other members; in the log of a personal pad also: its owner has joined a shared pad, or has another role there. */
  | 'PAD_CHANGED'
  /** Only in the log of a personal pad: its owner is no longer a member of a shared pad, or the pad is deleted. */
  | 'PAD_LEFT';

/** A memo to make. */
export type CreateMemoInput = {
  /** Markdown, at most 100,000 characters (UTF-16 units); empty when left out. */
  body?: InputMaybe<Scalars['String']['input']>;
  /** DEFAULT when left out. */
  color?: InputMaybe<MemoColor>;
  /** For memos brought from elsewhere: from 1970 on, not in the future. Now when left out. */
  createdAt?: InputMaybe<Scalars['AWSDateTime']['input']>;
  /** The pad; the viewer's personal pad when left out. */
  padId?: InputMaybe<Scalars['ID']['input']>;
  /** False when left out. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 50 of 1 to 50 characters each; none when left out. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** 1 to 200 characters (UTF-16 units) on one line, not blank. */
  title: Scalars['String']['input'];
  /** 26 upper-case Crockford characters made by the client, so that the creation can be sent again. */
  ulid?: InputMaybe<Scalars['String']['input']>;
};

/** A secret link that makes whoever accepts it a member, with a role and an expiry. */
export type Invite = {
  __typename?: 'Invite';
  /** When it ends. */
  expiresAt: Scalars['AWSDateTime']['output'];
  /** The invite's id, for revokeInvite. */
  id: Scalars['ID']['output'];
  /** The role that whoever accepts gets. */
  role: PadRole;
  /** What acceptInvite takes; only in the answer that creates the invite. */
  secret?: Maybe<Scalars['String']['output']>;
  /** A page that accepts the invite; only in the answer that creates it. */
  url?: Maybe<Scalars['AWSURL']['output']>;
};

/**
 * A titled Markdown text with tags, tasks, colour, pin, state and version.
 * Texts are kept as sent. Refused are lone surrogates and control characters; tabs and line breaks are welcome in the body alone.
 */
export type Memo = {
  __typename?: 'Memo';
  /** Who made it. */
  author: User;
  /** Markdown, kept as sent: at most 100,000 characters (UTF-16 units). */
  body: Scalars['String']['output'];
  /** The colour of its card. */
  color: MemoColor;
  /** When it was made, or the time given by whoever made it. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** How many of them are done. */
  doneTaskCount: Scalars['Int']['output'];
  /** The start of the body as plain text on one line, cut to about 120 bytes: what a list shows. */
  excerpt: Scalars['String']['output'];
  /** The memo's id: opaque, it names its pad. */
  id: Scalars['ID']['output'];
  /** Who wrote last. */
  lastEditor: User;
  /** The pad it is kept in. */
  pad: Pad;
  /** Whether it is kept ahead of the others in lists. */
  pinned: Scalars['Boolean']['output'];
  /** Where it is listed. */
  state: MemoState;
  /** At most 50, of 1 to 50 characters each, not blank, without repeats, in the order given. */
  tags: Array<Scalars['String']['output']>;
  /** How many tasks the body has. */
  taskCount: Scalars['Int']['output'];
  /** The checklist lines of the body, in order. */
  tasks: Array<Task>;
  /** 1 to 200 characters (UTF-16 units) on one line, not blank. */
  title: Scalars['String']['output'];
  /** When it was put into the trash; null elsewhere. */
  trashedAt?: Maybe<Scalars['AWSDateTime']['output']>;
  /** When its last write was accepted. */
  updatedAt: Scalars['AWSDateTime']['output'];
  /** Counts the accepted writes, from 1. */
  version: Scalars['Int']['output'];
};

/** One entry of a pad's change log: a memo created, edited or deleted, or a change of a pad itself. */
export type MemoChange = {
  __typename?: 'MemoChange';
  /** What happened. */
  kind: ChangeKind;
  /** The memo as it is now, at this version or a later one; null once it is purged, and for a change of a pad. */
  memo?: Maybe<Memo>;
  /** The memo that changed; null for a change of a pad. */
  memoId?: Maybe<Scalars['ID']['output']>;
  /** The pad that `padId` names, as it is now; null for a change of a memo and for PAD_LEFT: what was left can't be read any more. */
  pad?: Maybe<Pad>;
  /**
   * The id of the pad that a PAD_ change is about: this one or, in the log of a personal pad, a shared one of its owner's. Null for a change of a memo.
   * It names the pad of a PAD_LEFT too.
   */
  padId?: Maybe<Scalars['ID']['output']>;
  /** Its number in the log: 1, 2, 3 and so on, without holes. */
  seq: Scalars['Int']['output'];
  /** Whether the change holds more than could be told here: read the memo, or all of the pad when `memoId` is null, by a query. */
  truncated: Scalars['Boolean']['output'];
  /** The memo's version that the change made; 0 for a change of a pad. */
  version: Scalars['Int']['output'];
};

/** A stretch of a pad's change log. */
export type MemoChangeBatch = {
  __typename?: 'MemoChangeBatch';
  /** Whether it reaches the end of the log: a subscription is live from here. */
  caughtUp: Scalars['Boolean']['output'];
  /** The changes in order, each one after the one before. */
  changes: Array<MemoChange>;
  /** The cursor it starts behind: the `to` of the batch before. */
  from: Scalars['String']['output'];
  /** The pad whose log it is. */
  padId: Scalars['ID']['output'];
  /** Whether the changes since `from` can't be told any more: read the lists again, then go on from `to`. */
  reset: Scalars['Boolean']['output'];
  /** The cursor it reaches. */
  to: Scalars['String']['output'];
};

/** The colour of a memo's card. */
export type MemoColor =
  /** Blue. */
  | 'BLUE'
  /** No colour of its own. */
  | 'DEFAULT'
  /** Gray. */
  | 'GRAY'
  /** Green. */
  | 'GREEN'
  /** Orange. */
  | 'ORANGE'
  /** Pink. */
  | 'PINK'
  /** Purple. */
  | 'PURPLE'
  /** Red. */
  | 'RED'
  /** Teal. */
  | 'TEAL'
  /** Yellow. */
  | 'YELLOW';

/** One page of memos. */
export type MemoConnection = {
  __typename?: 'MemoConnection';
  /** Where the pad's change log stood just before the page was read: `memoChanges(since:)` goes on from here, without a hole. */
  changesCursor: Scalars['String']['output'];
  /** The memos with their cursors. */
  edges: Array<MemoEdge>;
  /** The memos. */
  nodes: Array<Memo>;
  /** Where the page ends. */
  pageInfo: PageInfo;
};

/** A memo in a page. */
export type MemoEdge = {
  __typename?: 'MemoEdge';
  /** Goes into `after` to read on behind this memo. */
  cursor: Scalars['String']['output'];
  /** The memo. */
  node: Memo;
};

/** Which memos a list shows; what is given combines with AND, null is left out. */
export type MemoFilter = {
  /** Only memos of this colour. */
  color?: InputMaybe<MemoColor>;
  /** Only memos with a task that isn't done, or only the others. */
  hasOpenTasks?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only pinned ones, or only the others. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where the memo is listed. */
  state?: InputMaybe<MemoState>;
  /** Memos that carry all of these tags, at most 50. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Where a memo is listed. */
export type MemoState =
  /** In the pad's list. */
  | 'ACTIVE'
  /** Kept out of the way. */
  | 'ARCHIVED'
  /** In the trash, purged after 30 days. */
  | 'TRASHED';

export type Mutation = {
  __typename?: 'Mutation';
  /** Makes the viewer a member, one of at most 50, of a pad that is one of at most 200. A viewer who is a member already keeps their role. An unknown, expired or revoked invite is NOT_FOUND. */
  acceptInvite: Pad;
  /** Makes a secret link that makes whoever accepts it a member of a shared pad; at most 50 are open at once. It ends when whoever made it is no OWNER of the pad any more. For an OWNER. */
  createInvite: Invite;
  /** Makes a memo. `input.ulid` may be made by the client: sending the same creation again returns the memo as it is now. The ulid of a purged memo is CONFLICT. For an EDITOR. */
  createMemo: Memo;
  /** Makes a shared pad with the viewer as its OWNER. A viewer who is in 200 shared pads is refused: BAD_USER_INPUT. */
  createPad: Pad;
  /** Deletes a shared pad and everything in it, for every member, at once. For an OWNER. */
  deletePad: Scalars['Boolean']['output'];
  /** Purges up to 100 trashed memos of a pad, the longest untouched first, and says how many; call again until it says 0. For an EDITOR. */
  emptyTrash: Scalars['Int']['output'];
  /** Takes the viewer out of a shared pad. The last OWNER can't leave: BAD_USER_INPUT. */
  leavePad: Scalars['Boolean']['output'];
  /** Deletes a memo for good, whatever its state; from then on it is NOT_FOUND. For an EDITOR. */
  purgeMemo: Scalars['Boolean']['output'];
  /** Takes a member out of a shared pad, and ends the open invites they made; one that another OWNER made may let them in again, revoke it too. For an OWNER; the last OWNER can't be removed: BAD_USER_INPUT. */
  removeMember: Pad;
  /** Renames a shared pad. For an OWNER. */
  renamePad: Pad;
  /** Takes a memo out of the trash and makes it ACTIVE. A memo that isn't in the trash stays as it is. For an EDITOR. */
  restoreMemo: Memo;
  /** Makes an invite useless from now on. For an OWNER. */
  revokeInvite: Scalars['Boolean']['output'];
  /** Gives a member another role. For an OWNER; the last OWNER can't be demoted: BAD_USER_INPUT. */
  setRole: Pad;
  /** Ticks or unticks one task; no other character of the body changes. For an EDITOR. `expectedVersion` passed: CONFLICT, as in updateMemo. */
  setTaskDone: Memo;
  /** Puts a memo into the trash, from where it is purged after 30 days. For an EDITOR. */
  trashMemo: Memo;
  /**
   * Changes the given fields of a memo; fields left out stay. For an EDITOR.
   * `expectedVersion` given and passed: CONFLICT, with the memo as it is in `extensions.current`. Not given: the given fields win; if others keep writing, CONFLICT after three tries.
   * An update that changes nothing writes nothing and keeps the version.
   */
  updateMemo: Memo;
};


export type MutationAcceptInviteArgs = {
  secret: Scalars['String']['input'];
};


export type MutationCreateInviteArgs = {
  expiresAt?: InputMaybe<Scalars['AWSDateTime']['input']>;
  padId: Scalars['ID']['input'];
  role: PadRole;
};


export type MutationCreateMemoArgs = {
  input: CreateMemoInput;
};


export type MutationCreatePadArgs = {
  name: Scalars['String']['input'];
};


export type MutationDeletePadArgs = {
  id: Scalars['ID']['input'];
};


export type MutationEmptyTrashArgs = {
  padId?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationLeavePadArgs = {
  padId: Scalars['ID']['input'];
};


export type MutationPurgeMemoArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRemoveMemberArgs = {
  padId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationRenamePadArgs = {
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
};


export type MutationRestoreMemoArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeInviteArgs = {
  id: Scalars['ID']['input'];
  padId: Scalars['ID']['input'];
};


export type MutationSetRoleArgs = {
  padId: Scalars['ID']['input'];
  role: PadRole;
  userId: Scalars['ID']['input'];
};


export type MutationSetTaskDoneArgs = {
  done: Scalars['Boolean']['input'];
  expectedVersion: Scalars['Int']['input'];
  index: Scalars['Int']['input'];
  memoId: Scalars['ID']['input'];
};


export type MutationTrashMemoArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateMemoArgs = {
  input: UpdateMemoInput;
};

/** A set of memos shared by its members. Every user has one personal pad, whose id is the user's id. */
export type Pad = {
  __typename?: 'Pad';
  /** When the pad was made. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** The pad's id. */
  id: Scalars['ID']['output'];
  /** The pad's open invites, without their secrets; null unless the viewer is an OWNER. */
  invites?: Maybe<Array<Invite>>;
  /** Everyone in the pad, the longest member first. */
  members: Array<PadMember>;
  /** The memos of the pad: see Query.memos. */
  memos: MemoConnection;
  /** The pad's name; empty for a personal pad. */
  name: Scalars['String']['output'];
  /** Whether it is the viewer's personal pad, which can't be renamed, deleted or shared. */
  personal: Scalars['Boolean']['output'];
  /** The viewer's own role. */
  role: PadRole;
};


/** A set of memos shared by its members. Every user has one personal pad, whose id is the user's id. */
export type PadMemosArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MemoFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A user's place in a pad. */
export type PadMember = {
  __typename?: 'PadMember';
  /** What the member may do. */
  role: PadRole;
  /** When the user became a member. */
  since: Scalars['AWSDateTime']['output'];
  /** The member. */
  user: User;
};

/** What a member may do in a pad. */
export type PadRole =
  /** Read and write memos. */
  | 'EDITOR'
  /** Everything, and run the pad: its name, its members, its invites. */
  | 'OWNER'
  /** Read memos. */
  | 'VIEWER';

/** Where a page ends. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Goes into `after` to read on; null when nothing was read. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there may be more behind `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** One memo, in any state. A memo the viewer may not read, and a purged one, is NOT_FOUND. */
  memo?: Maybe<Memo>;
  /**
   * What has changed in a pad since a cursor, in order and without holes: one page of its change log. Ask again from `to` until `caughtUp`.
   * A page may be shorter than `first` while `caughtUp` is false: one that selects bodies holds at most 1 MB of them.
   * A change is told for 7 days, and the last 1,000 at the most: behind that, and for a cursor of another log, the answer is `reset`.
   */
  memoChanges: MemoChangeBatch;
  /**
   * The memos of a pad, newest change first, pinned memos ahead. Filters combine with AND.
   * A page may be shorter than `first` while `hasNextPage` is true: filters apply to the summaries of one read, and a page that selects bodies holds at most 1 MB of them.
   */
  memos: MemoConnection;
  /** One pad. A pad the viewer is no member of is NOT_FOUND. */
  pad?: Maybe<Pad>;
  /** The pads the viewer is a member of: the personal pad first, then the newest membership first. */
  pads: Array<Pad>;
};


export type QueryMemoArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMemoChangesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  padId: Scalars['ID']['input'];
  since?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMemosArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MemoFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  padId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryPadArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /**
   * The changes of a pad as they happen, from a cursor on: over the WebSocket, in batches that join each other without a hole.
   * Fields that depend on who asks can't be selected. It ends when the viewer is no longer a member of the pad.
   */
  memoChanges?: Maybe<MemoChangeBatch>;
};


export type SubscriptionMemoChangesArgs = {
  padId: Scalars['ID']['input'];
  since?: InputMaybe<Scalars['String']['input']>;
};

/** A checklist line `- [ ] …` in a memo's body. */
export type Task = {
  __typename?: 'Task';
  /** Whether its box is ticked. */
  done: Scalars['Boolean']['output'];
  /** Its place among the memo's tasks, from 0. */
  index: Scalars['Int']['output'];
  /** The line without its list mark and box. */
  text: Scalars['String']['output'];
};

/** A change of a memo: the fields left out, or null, stay as they are. */
export type UpdateMemoInput = {
  /** Markdown, at most 100,000 characters (UTF-16 units). */
  body?: InputMaybe<Scalars['String']['input']>;
  /** The colour of its card. */
  color?: InputMaybe<MemoColor>;
  /** The version the change was made against. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The memo's id. */
  id: Scalars['ID']['input'];
  /** Whether it is kept ahead of the others in lists. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where it is listed. */
  state?: InputMaybe<MemoState>;
  /** At most 50 of 1 to 50 characters each. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** 1 to 200 characters (UTF-16 units) on one line, not blank. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** A person, resolved by the auth service. */
export type User = {
  __typename?: 'User';
  /** The user's ULID, also the id of their personal pad. */
  id: Scalars['ID']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AWSDateTime: ResolverTypeWrapper<Scalars['AWSDateTime']['output']>;
  AWSURL: ResolverTypeWrapper<Scalars['AWSURL']['output']>;
  ChangeKind: ChangeKind;
  CreateMemoInput: CreateMemoInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Invite: ResolverTypeWrapper<InviteParent>;
  Memo: ResolverTypeWrapper<MemoParent>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  MemoChange: ResolverTypeWrapper<MemoChangeParent>;
  MemoChangeBatch: ResolverTypeWrapper<MemoChangeBatchParent>;
  MemoColor: MemoColor;
  MemoConnection: ResolverTypeWrapper<MemoConnectionParent>;
  MemoEdge: ResolverTypeWrapper<MemoEdgeParent>;
  MemoFilter: MemoFilter;
  MemoState: MemoState;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Pad: ResolverTypeWrapper<PadParent>;
  PadMember: ResolverTypeWrapper<PadMemberModel>;
  PadRole: PadRole;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Task: ResolverTypeWrapper<Task>;
  UpdateMemoInput: UpdateMemoInput;
  User: ResolverTypeWrapper<User>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AWSDateTime: Scalars['AWSDateTime']['output'];
  AWSURL: Scalars['AWSURL']['output'];
  CreateMemoInput: CreateMemoInput;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  Invite: InviteParent;
  Memo: MemoParent;
  Int: Scalars['Int']['output'];
  MemoChange: MemoChangeParent;
  MemoChangeBatch: MemoChangeBatchParent;
  MemoConnection: MemoConnectionParent;
  MemoEdge: MemoEdgeParent;
  MemoFilter: MemoFilter;
  Mutation: Record<PropertyKey, never>;
  Pad: PadParent;
  PadMember: PadMemberModel;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  Task: Task;
  UpdateMemoInput: UpdateMemoInput;
  User: User;
};

export interface AwsDateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AWSDateTime'], any> {
  name: 'AWSDateTime';
}

export interface AwsurlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AWSURL'], any> {
  name: 'AWSURL';
}

export type InviteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invite'] = ResolversParentTypes['Invite']> = {
  expiresAt?: Resolver<ResolversTypes['AWSDateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['PadRole'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['AWSURL']>, ParentType, ContextType>;
};

export type MemoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Memo'] = ResolversParentTypes['Memo']> = {
  author?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  color?: Resolver<ResolversTypes['MemoColor'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['AWSDateTime'], ParentType, ContextType>;
  doneTaskCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  excerpt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastEditor?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  pad?: Resolver<ResolversTypes['Pad'], ParentType, ContextType>;
  pinned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MemoState'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  taskCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['Task']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trashedAt?: Resolver<Maybe<ResolversTypes['AWSDateTime']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['AWSDateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MemoChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemoChange'] = ResolversParentTypes['MemoChange']> = {
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  memo?: Resolver<Maybe<ResolversTypes['Memo']>, ParentType, ContextType>;
  memoId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  pad?: Resolver<Maybe<ResolversTypes['Pad']>, ParentType, ContextType>;
  padId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MemoChangeBatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemoChangeBatch'] = ResolversParentTypes['MemoChangeBatch']> = {
  caughtUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['MemoChange']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  padId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MemoConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemoConnection'] = ResolversParentTypes['MemoConnection']> = {
  changesCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['MemoEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Memo']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MemoEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemoEdge'] = ResolversParentTypes['MemoEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Memo'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acceptInvite?: Resolver<ResolversTypes['Pad'], ParentType, ContextType, RequireFields<MutationAcceptInviteArgs, 'secret'>>;
  createInvite?: Resolver<ResolversTypes['Invite'], ParentType, ContextType, RequireFields<MutationCreateInviteArgs, 'padId' | 'role'>>;
  createMemo?: Resolver<ResolversTypes['Memo'], ParentType, ContextType, RequireFields<MutationCreateMemoArgs, 'input'>>;
  createPad?: Resolver<ResolversTypes['Pad'], ParentType, ContextType, RequireFields<MutationCreatePadArgs, 'name'>>;
  deletePad?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationDeletePadArgs, 'id'>>;
  emptyTrash?: Resolver<ResolversTypes['Int'], ParentType, ContextType, Partial<MutationEmptyTrashArgs>>;
  leavePad?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationLeavePadArgs, 'padId'>>;
  purgeMemo?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationPurgeMemoArgs, 'id'>>;
  removeMember?: Resolver<ResolversTypes['Pad'], ParentType, ContextType, RequireFields<MutationRemoveMemberArgs, 'padId' | 'userId'>>;
  renamePad?: Resolver<ResolversTypes['Pad'], ParentType, ContextType, RequireFields<MutationRenamePadArgs, 'id' | 'name'>>;
  restoreMemo?: Resolver<ResolversTypes['Memo'], ParentType, ContextType, RequireFields<MutationRestoreMemoArgs, 'id'>>;
  revokeInvite?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationRevokeInviteArgs, 'id' | 'padId'>>;
  setRole?: Resolver<ResolversTypes['Pad'], ParentType, ContextType, RequireFields<MutationSetRoleArgs, 'padId' | 'role' | 'userId'>>;
  setTaskDone?: Resolver<ResolversTypes['Memo'], ParentType, ContextType, RequireFields<MutationSetTaskDoneArgs, 'done' | 'expectedVersion' | 'index' | 'memoId'>>;
  trashMemo?: Resolver<ResolversTypes['Memo'], ParentType, ContextType, RequireFields<MutationTrashMemoArgs, 'id'>>;
  updateMemo?: Resolver<ResolversTypes['Memo'], ParentType, ContextType, RequireFields<MutationUpdateMemoArgs, 'input'>>;
};

export type PadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Pad'] = ResolversParentTypes['Pad']> = {
  createdAt?: Resolver<ResolversTypes['AWSDateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invites?: Resolver<Maybe<Array<ResolversTypes['Invite']>>, ParentType, ContextType>;
  members?: Resolver<Array<ResolversTypes['PadMember']>, ParentType, ContextType>;
  memos?: Resolver<ResolversTypes['MemoConnection'], ParentType, ContextType, RequireFields<PadMemosArgs, 'first'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  personal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['PadRole'], ParentType, ContextType>;
};

export type PadMemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PadMember'] = ResolversParentTypes['PadMember']> = {
  role?: Resolver<ResolversTypes['PadRole'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['AWSDateTime'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  memo?: Resolver<Maybe<ResolversTypes['Memo']>, ParentType, ContextType, RequireFields<QueryMemoArgs, 'id'>>;
  memoChanges?: Resolver<ResolversTypes['MemoChangeBatch'], ParentType, ContextType, RequireFields<QueryMemoChangesArgs, 'first' | 'padId'>>;
  memos?: Resolver<ResolversTypes['MemoConnection'], ParentType, ContextType, RequireFields<QueryMemosArgs, 'first'>>;
  pad?: Resolver<Maybe<ResolversTypes['Pad']>, ParentType, ContextType, RequireFields<QueryPadArgs, 'id'>>;
  pads?: Resolver<Array<ResolversTypes['Pad']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  memoChanges?: SubscriptionResolver<Maybe<ResolversTypes['MemoChangeBatch']>, "memoChanges", ParentType, ContextType, RequireFields<SubscriptionMemoChangesArgs, 'padId'>>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task']> = {
  done?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AWSDateTime?: GraphQLScalarType;
  AWSURL?: GraphQLScalarType;
  Invite?: InviteResolvers<ContextType>;
  Memo?: MemoResolvers<ContextType>;
  MemoChange?: MemoChangeResolvers<ContextType>;
  MemoChangeBatch?: MemoChangeBatchResolvers<ContextType>;
  MemoConnection?: MemoConnectionResolvers<ContextType>;
  MemoEdge?: MemoEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Pad?: PadResolvers<ContextType>;
  PadMember?: PadMemberResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

