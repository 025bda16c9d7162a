export function withoutAppSync(text: string): string;
