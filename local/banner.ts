import type { Endpoints } from './folder/endpoints.ts';

/** What a person sees once everything answers. */
export function banner(endpoints: Endpoints, { memory }: { readonly memory: boolean }): string {
  const { federated, appsync, playground, issuer, socket, dynamodb, dataDir, demo } = endpoints;
  const rows = [
    ['GraphQL', federated],
    ...(appsync ? [['AppSync', appsync]] : []),
    ['Playground', playground],
    ['Live changes', socket],
    ['Auth service', issuer],
    ['DynamoDB', dynamodb],
    ['Data folder', memory ? `${dataDir} (memos and keys in memory only)` : dataDir],
    ...(demo ? [['Demo sign-in', `${demo.email}  ${demo.password}`]] : []),
  ];
  const lines = rows.map(([name = '', value]) => `  ${name.padEnd(14)}${value}`);
  return ['', 'Memopad is ready.', '', ...lines, '', 'Ctrl-C stops it.'].join('\n');
}
