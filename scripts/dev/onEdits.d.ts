export function onEdits(
  folders: readonly string[],
  act: (paths: string[]) => unknown,
  root?: string,
): () => void;
