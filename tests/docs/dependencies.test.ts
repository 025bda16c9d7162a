import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

interface PackageFile {
  readonly [section: string]: Readonly<Record<string, string>>;
}

const packageFile = JSON.parse(readFileSync('package.json', 'utf8')) as PackageFile;
const documentation = readFileSync('docs/dependencies.md', 'utf8');

const packages = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((section) =>
  Object.entries(packageFile[section] ?? {}),
);

test.each(packages)('%s has a line of reason in docs/dependencies.md', (name) => {
  expect(documentation).toContain(`| ${name} | `);
});

test.each(packages)('%s is pinned exactly', (_name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test.each(Object.keys(packageFile.overrides ?? {}))('the override of %s has a reason', (name) => {
  expect(documentation).toContain(`| override ${name} | `);
});

test('no line of docs/dependencies.md names a package that is gone', () => {
  const known = new Set([...packages.map(([name]) => name), 'package']);
  const named = [...documentation.matchAll(/^\| ([@a-z][^ |]*) \|/gm)].map(([, name]) => name);
  expect(named.filter((name) => name && !known.has(name))).toEqual([]);
});

test('the lock records no download addresses', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
});
