import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';

/** What both doors read: door A runs it as APPSYNC_JS, which knows a part of JavaScript only. */
const FOR_BOTH_DOORS = [
  'table/keys.ts',
  'domain/clock.ts',
  'domain/memo/access.ts',
  'domain/memo/blank.ts',
  'domain/memo/changeCursor.ts',
  'domain/memo/cursor.ts',
  'domain/memo/excerpt.ts',
  'domain/memo/filter.ts',
  'domain/memo/limits.ts',
  'domain/memo/memoId.ts',
  'domain/memo/page.ts',
  'domain/memo/place.ts',
  'domain/memo/tags.ts',
  'domain/memo/tasks.ts',
  'domain/memo/text.ts',
];

/** https://docs.aws.amazon.com/appsync/latest/devguide/resolver-util-reference-js.html, "Supported runtime features". */
const UNKNOWN = {
  'a statement': /\b(throw|try|catch|while|do|continue|class|new|this|async|await|yield|in)\b/,
  'a loop other than for-of': /\bfor \((?!const \S+ of|const [[{][^)]* of)/,
  'an operator': /\+\+|--|~(?!['"`~])/,
  'a number': /\b\d+n\b/,
  'a regular expression': /[(,=:?[!&|;{}]\s*\/(?![/*])/,
  'a function of strings':
    /\.(charCodeAt|codePointAt|normalize|match|matchAll|localeCompare|search|at|isWellFormed)\(/,
  'a global':
    /\b(Date|Map|Set|Promise|Symbol|Buffer|Intl|BigInt|RegExp|Reflect|Proxy|globalThis|process|TextEncoder)\b/,
  'a sort with a comparator': /\.sort\(\S/,
};

async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    // Templates become sums of texts, which are easy to leave out.
    supported: { 'template-literal': false },
  });
  return withoutTexts(outputFiles[0]?.text ?? '');
}

/** What texts and comments say is no code. */
function withoutTexts(code: string): string {
  return code.replace(/^\s*\/\/.*$/gm, '').replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
}

describe.each(FOR_BOTH_DOORS)('%s', (file) => {
  test('says that both doors read it', () => {
    expect(readFileSync(file, 'utf8').replace(/\s+(\* )?/g, ' ')).toMatch(
      /in the APPSYNC_JS subset[^.]*, because both doors read this very file/,
    );
  });

  test('with all it imports holds nothing that APPSYNC_JS does not know', async () => {
    const code = await bundled(file);
    const found = Object.entries(UNKNOWN).flatMap(([what, pattern]) => {
      const line = code.split('\n').find((one) => pattern.test(one));
      return line === undefined ? [] : [`${what}: ${line.trim()}`];
    });
    expect(code).not.toBe('');
    expect(found).toEqual([]);
  });
});
