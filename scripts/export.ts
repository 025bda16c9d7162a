import { exportPad } from './transfer/exportPad.ts';
import { showProgress } from './transfer/progress.ts';
import { runTransfer, type Transfer } from './transfer/run.ts';

/** `npm run export -- FOLDER`: every memo outside the trash becomes a Markdown file. */
await runTransfer('export', async (transfer: Transfer) => {
  const startProgress = (total: number) => showProgress(total, 'memos');
  const count = await exportPad({ ...transfer, startProgress });
  console.log(`\n${count} memos written to ${transfer.folder}`);
  return 0;
});
