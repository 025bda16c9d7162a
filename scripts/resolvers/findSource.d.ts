export function findSource(
  map: string,
  place: { readonly line: number; readonly column: number },
): string | undefined;
