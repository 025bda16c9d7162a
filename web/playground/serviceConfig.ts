import type { Credentials } from './authRequests.ts';

/** What the service tells the page. */
export interface ServiceConfig {
  /** The demo account; null when it offers none. */
  readonly demo: Credentials | null;
  /** Where changes are watched, `ws://…`; null when nowhere. */
  readonly socket: string | null;
  /** The AppSync door; null where there is none. */
  readonly appsync: AppSyncPlace | null;
}

export interface AppSyncPlace {
  /** `http://…/graphql`. */
  readonly url: string;
  /** `ws://…/graphql/realtime`. */
  readonly realtime: string;
  /** What nobody in particular asks with. */
  readonly apiKey: string;
}

/** Reads `config.json`: `{"demo": {"email", "password"}, "socket", "appsync": {"url", "realtime", "apiKey"}}`. Nothing is offered when there is no such file. */
export async function loadConfig(
  url: string,
  fetch: typeof globalThis.fetch,
): Promise<ServiceConfig> {
  try {
    const response = await fetch(url);
    return readConfig(response.ok ? await response.json() : null);
  } catch {
    return readConfig(null);
  }
}

interface Written {
  readonly demo?: Partial<Credentials>;
  readonly socket?: string;
  readonly appsync?: Partial<AppSyncPlace>;
}

function readConfig(config: Written | null): ServiceConfig {
  const { email, password } = config?.demo ?? {};
  const { url, realtime, apiKey } = config?.appsync ?? {};
  return {
    demo: email && password ? { email, password } : null,
    socket: config?.socket ?? null,
    appsync: url && realtime && apiKey ? { url, realtime, apiKey } : null,
  };
}
