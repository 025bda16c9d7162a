// Stands in for node-fetch, of which @apollo/gateway makes Headers when it traces. Node's own are
// asked for when needed, because the first use of them loads all of `fetch`.

export class Headers {
  constructor(init) {
    // biome-ignore lint/correctness/noConstructorReturn: what is wanted is Node's own
    return new globalThis.Headers(init);
  }
}
