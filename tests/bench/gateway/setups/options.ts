/** What a set-up is told by the bench. */
export interface SetupOptions {
  /** Where the canned subgraphs answer; set-ups with their own subgraphs don't ask. */
  readonly subgraphs: { readonly auth: string; readonly memo: string };
}

export function readSetupOptions(): SetupOptions {
  return JSON.parse(process.env.BENCH_OPTIONS ?? '{}');
}
