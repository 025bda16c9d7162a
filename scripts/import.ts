import { importFolder } from './transfer/importFolder.ts';
import { perSecond, showProgress } from './transfer/progress.ts';
import { runTransfer, type Transfer } from './transfer/run.ts';

/** `npm run import -- FOLDER`: every Markdown file below the folder becomes a memo. */
await runTransfer('import', async (transfer: Transfer) => {
  const start = performance.now();
  const startProgress = (total: number) => showProgress(total, 'files');
  const { counts, failures, isRecorded } = await importFolder({ ...transfer, startProgress });
  const elapsedMs = performance.now() - start;
  const total = [...counts.values()].reduce((sum, count) => sum + count, failures.length);
  console.log(
    `\n${total} Markdown files in ${(elapsedMs / 1000).toFixed(1)} s, ${perSecond(total, elapsedMs)} a second`,
  );
  for (const [outcome, count] of counts) console.log(`  ${outcome}: ${count}`);
  if (!isRecorded) {
    console.log("The folder is read-only: edits of its files can't update their memos later.");
  }
  if (failures.length === 0) return 0;
  console.log(`  failed: ${failures.length}`);
  for (const { path, reason } of failures) console.log(`    ${path}: ${reason}`);
  return 1;
});
