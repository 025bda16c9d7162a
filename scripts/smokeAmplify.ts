import { join } from 'node:path';
import { readEndpoints } from '#local/folder/endpoints.ts';
import { loadAmplify } from './amplify/loadAmplify.ts';
import { tryOut } from './amplify/tryOut.ts';
import { parseFlags, runCommand } from './commandLine.ts';

const USAGE = `Usage: npm run smoke:amplify -- [--data-dir DIR]

  --data-dir DIR    where the running Memopad keeps its data (.memopad)`;

/** `npm run smoke:amplify`: signs in, asks, writes and watches through the running AppSync door by AWS Amplify. */
process.exitCode = await runCommand(USAGE, () => smoke(process.argv.slice(2)));
// Amplify leaves timers behind.
process.exit();

async function smoke(args: readonly string[]): Promise<number> {
  const { values } = parseFlags({
    args: [...args],
    options: {
      'data-dir': { type: 'string', default: '.memopad' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const folder = values['data-dir'];
  const endpoints = readEndpoints(join(folder, 'endpoints.json'));
  const { appsync, appsyncApiKey: apiKey, demo } = endpoints ?? {};
  if (!appsync || !apiKey || !demo) {
    console.error(
      `Expected a Memopad with an AppSync door and a demo account to run with the data folder ${folder}. Start it with \`npm start\`.`,
    );
    return 1;
  }
  try {
    const amplify = await loadAmplify(console.log);
    await tryOut({ amplify, endpoint: appsync, apiKey, demo, say: console.log });
    return 0;
  } catch (error) {
    console.error(error);
    return 1;
  }
}
