import type { AuthMode } from '#local/appsync/definition.ts';

/** Whose request it is, as one of the API's modes found out. */
export interface AppSyncCaller {
  readonly mode: AuthMode['type'];
  /** `ctx.identity`: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html */
  readonly identity: unknown;
  /** Milliseconds since 1970: when its token ends, if it has one. */
  readonly endsAtMs?: number | undefined;
  /** Whether the policies of a signer let it ask for a field of a root type. */
  mayCall?(typeName: string, fieldName: string): boolean;
}

/** Nobody whom the API lets in: HTTP 401. */
export class Unauthorized extends Error {
  readonly errorType: string;

  constructor(message: string, errorType = 'UnauthorizedException') {
    super(message);
    this.errorType = errorType;
  }
}
