import type { CreateInvitePorts } from '#domain/memo/createInvite.ts';
import type { CreateMemoPorts } from '#domain/memo/createMemo.ts';
import type { CreatePadPorts } from '#domain/memo/createPad.ts';
import type { ReadChangesPorts } from '#domain/memo/readChanges.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import type { PadWatch } from '#subgraphs/subgraph.ts';
import type { BodyBudget } from './bodyBudget.ts';
import type { Loaders } from './loaders.ts';

/** What every use case of this service is given. */
export type Ports = CreateMemoPorts & CreatePadPorts & CreateInvitePorts & ReadChangesPorts;

/** What the resolvers of one request share. */
export interface Context {
  readonly viewer: Viewer | null;
  /** The pad that the live service asks about; then there is no viewer. */
  readonly watch: PadWatch | null;
  /** For mutations: `members` are the request's loaders, all else the stores themselves. */
  readonly ports: Ports;
  /** For everything that only reads. */
  readonly loaders: Loaders;
  readonly budget: BodyBudget;
  /** The page that accepts an invite; null when there is none. */
  readonly inviteUrl: (secret: string) => string | null;
}

/**
 * The ports for a mutation. What the request has read so far is forgotten: its mutations run one
 * after another (GraphQL specification, section 6.2.2), and each shall see what the one before wrote.
 */
export function portsOfMutation({ ports, loaders }: Context): Ports {
  loaders.forget();
  return ports;
}
