export function inputsKey(root: string): Promise<string>;
