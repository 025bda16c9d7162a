export function sizeOf(
  folder: string,
  name: string,
): Promise<{ readonly raw: number; readonly gzip: number }>;
