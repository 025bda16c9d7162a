/** An operation that the page offers ready to run. */
export interface Example {
  readonly title: string;
  /** One sentence for whoever has not run it yet. */
  readonly about: string;
  /** One named operation. Its first comment lines are read in the editor. */
  readonly operation: string;
  readonly variables?: Variables;
  readonly lookup?: Lookup;
}

export type Variables = Readonly<Record<string, unknown>>;

/** A query that fills variables with the viewer's own data when the example is opened. */
export interface Lookup {
  readonly operation: string;
  /** The variables that the answer gives; null when it has nothing that fits. */
  readonly variables: (data: LookedUp) => Variables | null;
  /** What to say when nothing fits. */
  readonly missing: string;
}

/** Everything the lookups ask for; each asks for some of it. */
export interface LookedUp {
  readonly memos?: { readonly nodes: readonly LookedUpMemo[] };
  readonly pads?: readonly {
    readonly id: string;
    readonly personal: boolean;
    readonly role: string;
  }[];
}

export interface LookedUpMemo {
  readonly id: string;
  readonly version: number;
  readonly tasks?: readonly { readonly index: number; readonly done: boolean }[];
}
