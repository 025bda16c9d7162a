import type { Difference } from '#tests/contract/differences.ts';
import type { Units } from './meteredEngine.ts';
import type { Visit } from './walk.ts';

/** How often an operation was answered the same, out of how many times, in random sequences. */
export type Agreement = ReadonlyMap<string, { readonly same: number; readonly asked: number }>;

/** What a reader of the README sees: operation × door, then what differs. */
export function formatParity(
  visits: readonly Visit[],
  agreement: Agreement,
  differences: readonly Difference[],
): string {
  const rows = visits.map((visit) => formatVisit(visit, agreement));
  return [
    '| operation | answered the same | federated | AppSync |',
    '|---|---|---|---|',
    ...rows,
    '',
    '| what differs | federated | AppSync | because |',
    '|---|---|---|---|',
    ...differences.map(
      ({ what, federated, appsync, reason }) =>
        `| ${what} | ${federated} | ${appsync} | ${reason} |`,
    ),
  ].join('\n');
}

function formatVisit({ operation, about, units, same }: Visit, agreement: Agreement): string {
  const random = agreement.get(operation) ?? { same: 0, asked: 0 };
  const count = { same: random.same + Number(same), asked: random.asked + 1 };
  const told =
    count.same === count.asked
      ? `${count.asked} of ${count.asked}`
      : `**${count.same}** of ${count.asked}`;
  const what = about ? `\`${operation}\`, ${about}` : `\`${operation}\``;
  return `| ${what} | ${told} | ${formatUnits(units.federated)} | ${formatUnits(units.appsync)} |`;
}

/** `1 R 3 W`; nothing that isn't consumed. */
function formatUnits({ read, write }: Units): string {
  const parts = [read > 0 && `${read} R`, write > 0 && `${write} W`].filter(Boolean);
  return parts.join(' ') || '0';
}

const START = '<!-- parity -->';
const END = '<!-- /parity -->';

/** @throws when the document doesn't say where the table goes */
export function replaceParity(document: string, table: string): string {
  const [before, rest] = document.split(START);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) {
    throw new Error(`Expected ${START} and ${END} in the document.`);
  }
  return `${before}${START}\n${table}\n${END}${after}`;
}
