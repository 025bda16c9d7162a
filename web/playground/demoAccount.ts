import type { Credentials } from './authRequests.ts';

/**
 * The demo account that the service offers in `config.json`: `{"demo": {"email", "password"}}`.
 * Null when it offers none, or has no such file.
 */
export async function loadDemoAccount(
  url: string,
  fetch: typeof globalThis.fetch,
): Promise<Credentials | null> {
  try {
    const response = await fetch(url);
    return response.ok ? demoIn(await response.json()) : null;
  } catch {
    return null;
  }
}

function demoIn(config: { readonly demo?: Partial<Credentials> } | null): Credentials | null {
  const { email, password } = config?.demo ?? {};
  return email && password ? { email, password } : null;
}
