import { connect } from '#scripts/transfer/api.ts';
import { importFolder } from '#scripts/transfer/importFolder.ts';
import { readViewerId } from '#scripts/transfer/operations.ts';
import { answerBench } from '#tests/bench/harness/child.ts';

export interface ImportTask {
  readonly url: string;
  readonly demo: { readonly email: string; readonly password: string };
  readonly folder: string;
}

export interface ImportResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  readonly elapsedMs: number;
}

/** Imports as `npm run import` does, without its progress bar. */
async function importOnce({ url, demo, folder }: ImportTask): Promise<ImportResult> {
  const api = await connect(url, demo);
  const padId = await readViewerId(api);
  const startedAt = performance.now();
  const startProgress = () => ({ advance() {}, stop() {} });
  const { counts, failures } = await importFolder({ api, folder, padId, startProgress });
  const elapsedMs = performance.now() - startedAt;
  return { counts: Object.fromEntries(counts), failures, elapsedMs };
}

answerBench(null, importOnce);
