export const ROOT: string;
export const NODE_WANTED: string;
export function isNodeNewEnough(version?: string): boolean;
export function arePackagesInstalled(): boolean;
export function wereAnyPackagesInstalled(): boolean;
export function stampPackages(): void;
