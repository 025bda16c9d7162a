import { spawn } from 'node:child_process';
import { once } from 'node:events';

const EXIT_DONE = 0;
const EXIT_USAGE = 2;

/** The service as a process that is started again and again. What is asked for is done one after the other. */
export function createService({ args, environment }) {
  let file;
  let child;
  let flags = args;
  let doing = Promise.resolve();
  let isStopping = false;
  /** After a crash the next edit starts it again. It is done after `--help` or when somebody has stopped it. */
  const endWith = (code) => {
    if (code === EXIT_USAGE || (code === EXIT_DONE && !isStopping)) process.exit(code);
  };
  const isRunning = () => child && child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (!isRunning()) return;
    isStopping = true;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  const restart = () => {
    doing = doing.then(async () => {
      if (child) console.log('\nStarting again with what was edited …');
      await stop();
      isStopping = false;
      child = spawn(process.execPath, [file, ...flags], {
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, ...environment },
      });
      child.on('exit', endWith);
      // Only the first start shall empty the data folder.
      flags = flags.filter((flag) => flag !== '--reset');
    });
  };
  return {
    /** With a program that was bundled anew. */
    start(bundled) {
      file = bundled;
      restart();
    },
    restart,
    /**
     * Has a running service run the new code of functions. One that isn't runs it when it starts.
     * @param bundles their names
     */
    replaceCode(bundles) {
      if (isRunning() && child.connected) child.send({ replaceCode: bundles });
    },
    stop,
  };
}
