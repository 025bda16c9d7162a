export function checkTypes(code: ReadonlyMap<string, string>): Promise<string[]>;
export function refuseTypes(code: ReadonlyMap<string, string>): Promise<void>;
