import { type Bench, type Findings, type Goal, isReached, type Table } from './findings.ts';
import { CALM_SHARE } from './noise.ts';
import { median, type Noise } from './rounds.ts';

/** When and on what a section was measured. */
export interface Circumstances {
  /** `2026-01-31`. */
  readonly date: string;
  readonly machine: string;
  readonly rounds: number;
  readonly seconds: number;
}

/** One section of results.md, from its heading on. */
export function formatSection(
  { title, about }: Bench,
  { tables, goals, noise, remarks = [] }: Findings,
  { date, machine, rounds, seconds }: Circumstances,
): string {
  const parts = [
    `## ${title}`,
    about,
    `${date} · ${machine} · medians of ${rounds} alternating rounds, ${seconds} s a run where time decides · ${formatNoise(noise)}`,
    ...tables.map((table) => `### ${table.title}\n\n${formatTable(table.columns, table.rows)}`),
    ...(goals.length > 0 ? [`### Against the goals\n\n${formatGoals(goals)}`] : []),
    ...goals.filter((goal) => !isReached(goal)).map(formatMiss),
    ...remarks,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A Markdown table: the first column to the left, the others, numbers, to the right. */
export function formatTable(columns: readonly string[], rows: Table['rows']): string {
  const cells = [columns, ...rows].map((row) => row.map(formatCell));
  const widths = columns.map((_, column) =>
    Math.max(3, ...cells.map((row) => [...(row[column] ?? '')].length)),
  );
  const lines = cells.map((row) => formatLine(row, widths));
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n');
}

/** Three figures at least, thousands apart: 1,438 · 96.2 · 5.41 · 0.123. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const digits = Math.abs(value) < 0.1 && value !== 0 ? 3 : decimals;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** The document with one section replaced, or put behind the others. */
export function replaceSection(document: string, title: string, section: string): string {
  const sections = document.split(/^(?=## )/m);
  const place = sections.findIndex((one) => one.startsWith(`## ${title}\n`));
  const others = place < 0 ? [...sections, section] : sections.with(place, section);
  return `${others.map((one) => one.trim()).join('\n\n')}\n`;
}

function formatLine(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, column) => {
    const cell = row[column] ?? '';
    const padding = ' '.repeat(width - [...cell].length);
    return column === 0 ? cell + padding : padding + cell;
  });
  return `| ${cells.join(' | ')} |`;
}

function formatCell(cell: string | number): string {
  return typeof cell === 'number' ? formatNumber(cell) : cell;
}

function formatGoals(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    `${goal.id} ${goal.what}`,
    `${formatNumber(goal.measured)}${goal.unit}`,
    formatPromise(goal),
    isReached(goal) ? 'reached' : goal.later ? 'later' : 'missed',
  ]);
  return formatTable(['goal', 'measured', 'promised', ''], rows);
}

function formatPromise({ atLeast, atMost, unit }: Goal): string {
  return atLeast === undefined ? `≤ ${atMost}${unit}` : `≥ ${atLeast}${unit}`;
}

function formatMiss(goal: Goal): string {
  const { id, what, measured, unit, later } = goal;
  const reason = later ? `; it ${later}` : '';
  const got = `${formatNumber(measured)}${unit} instead of ${formatPromise(goal)}`;
  return `Not reached: ${id}, ${what}: ${got}${reason}.`;
}

function formatNoise({ shares, repeated }: Noise): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const noisy = shares.filter((share) => share > CALM_SHARE).length;
  const kept = noisy > 0 ? `, ${noisy} kept although noisier than ${percent(CALM_SHARE)}` : '';
  return `others took ${percent(median(shares))} of a core in the median and ${percent(Math.max(0, ...shares))} at worst, ${repeated} runs were repeated for it${kept}`;
}
