export function printAppSyncSchema(api?: string, own?: string): string;
