/** What differs between deployments, as data. */
export interface Stage {
  readonly name: 'dev' | 'prod';
  /** Whether tables and keys outlive their stack and refuse to be deleted. */
  readonly keepsData: boolean;
  /** Whether clients may read the schema. */
  readonly introspection: boolean;
  /** Whose pages may call the APIs from a browser. Tokens travel in a header, never in a cookie, so `*` lends no page anybody's rights. */
  readonly allowedOrigins: readonly string[];
  /** Requests a second an HTTP API takes, on average and at once. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** How many accounts one address may make in an hour before it has to wait; tests and scripts make many. */
  readonly signUpsPerHour: number;
  /** How many wrong passwords one address may try in an hour before it has to wait. */
  readonly wrongPasswordsPerHour: number;
  readonly logRetentionDays: 7 | 90;
}

export type StageName = Stage['name'];

export const STAGES: Readonly<Record<StageName, Stage>> = {
  dev: {
    name: 'dev',
    keepsData: false,
    introspection: true,
    allowedOrigins: ['*'],
    throttle: { rate: 1_000, burst: 2_000 },
    signUpsPerHour: 1_000,
    wrongPasswordsPerHour: 1_000,
    logRetentionDays: 7,
  },
  prod: {
    name: 'prod',
    keepsData: true,
    introspection: false,
    allowedOrigins: ['*'],
    throttle: { rate: 500, burst: 1_000 },
    signUpsPerHour: 20,
    wrongPasswordsPerHour: 100,
    logRetentionDays: 90,
  },
};

/** @throws naming the stages there are. */
export function readStage(name: unknown): Stage {
  const stage = Object.values(STAGES).find((one) => one.name === name);
  if (stage) return stage;
  throw new Error(`Expected one of the stages ${Object.keys(STAGES).join(', ')}, got ${name}.`);
}
