export const BUNDLES: Readonly<Record<string, { readonly entry: string; readonly gzipKb: number }>>;
export const FORBIDDEN: readonly { readonly inputs: RegExp; readonly why: string }[];
export const ONCE: readonly string[];
