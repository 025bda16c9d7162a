import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '#local/errorCode.ts';
import { StartError } from '#local/startError.ts';

/** For our eyes only; one that is there stays as it is. @throws StartError */
export function makeFolder(path: string): void {
  try {
    makeWithParents(path);
  } catch (error) {
    throw new StartError(`Expected to make the data folder ${path}: ${Object(error).message}.`);
  }
}

/** Not mkdir's own `recursive`: below a folder that takes none, such as /proc, Node tries for ever. */
function makeWithParents(path: string): void {
  if (!existsSync(dirname(path))) makeWithParents(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}
