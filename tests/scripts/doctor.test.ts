import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { openDataFolder } from '#local/folder/dataFolder.ts';
import { freePort } from '#local/ports.ts';
import { examine, type Finding } from '#scripts/doctor/examine.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

function doctor(args: string[], environment = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['scripts/doctor.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

async function examineAll(dataDir: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of examine(dataDir)) findings.push(finding);
  return findings;
}

test('what is missing is named, with how to get it, and fails', () => {
  const { status, stdout } = doctor([], { DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' });
  expect(stdout).toContain(`✓ Node ${process.versions.node}`);
  expect(stdout).toContain(
    '✗ Missing: An answer from DYNAMODB_ENDPOINT http://127.0.0.1:1\n    Expected DynamoDB at ',
  );
  expect(stdout).toContain('Start it, or unset DYNAMODB_ENDPOINT');
  expect(status).toBe(1);
}, 60_000);

test.each(['--help', '-h'])('%s says what it is', (flag) => {
  const { status, stdout } = doctor([flag]);
  expect(stdout).toContain('Usage: npm run doctor -- [--data-dir DIR]');
  expect(status).toBe(0);
});

test('a flag it does not know is refused', () => {
  const { status, stderr } = doctor(['--foo']);
  expect(stderr).toContain('Usage: npm run doctor -- [--data-dir DIR]');
  expect(status).toBe(2);
});

test('a port of the data folder that somebody else has', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const dataDir = makeFolder();
  const folder = openDataFolder(dataDir, { reset: false });
  folder.saveSettings({ ports: { gateway: port, auth: await freePort() } });
  folder.close();
  const findings = await examineAll(dataDir);
  server.close();
  expect(findings.filter(({ ok }) => !ok)).toEqual([
    {
      ok: false,
      what: `Port ${port} (gateway)`,
      remedy: expect.stringMatching(`^process ${process.pid} `),
    },
  ]);
}, 60_000);

test('a Memopad that is running is no trouble', async () => {
  const dataDir = makeFolder();
  openDataFolder(dataDir, { reset: false });
  const findings = await examineAll(dataDir);
  expect(findings.map(({ what }) => what)).toContain(
    `Memopad is running: process ${process.pid}, starting`,
  );
  expect(findings.every(({ ok }) => ok)).toBe(true);
}, 60_000);
