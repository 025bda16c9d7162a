import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * CDK wants to see the folders of the bundles that would be deployed. Those that aren't there yet get a
 * file each, no two alike: CDK takes folders that hold the same for one, and so would all functions.
 */
export function holdPlaces(folder, names) {
  for (const name of names) {
    const file = join(folder, name, 'index.mjs');
    if (existsSync(file)) continue;
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(file, `// ${name} isn't bundled yet\n`);
  }
}
