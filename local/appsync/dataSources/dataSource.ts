/** What a field's request goes to. Never rejects for what the source answers: that is an outcome. */
export interface DataSource {
  /** @param request what the resolver's request handler returned */
  run(request: unknown): Promise<DataSourceOutcome>;
  /** Only of sources that can take many at once; the outcomes come in the requests' order. */
  runBatch?(requests: readonly unknown[]): Promise<readonly DataSourceOutcome[]>;
}

export interface DataSourceOutcome {
  /** `ctx.result`; with an error it is what came along, such as the item that failed a condition. */
  readonly result: unknown;
  /** `ctx.error`. */
  readonly error?: DataSourceError;
}

export interface DataSourceError {
  readonly message: string;
  /** `DynamoDB:ConditionalCheckFailedException`, `Lambda:Unhandled`. */
  readonly type: string;
}
