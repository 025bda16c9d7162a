import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';

/** As many as a run tells at most: what one run of each group has told is noted. */
const PAGE = 50;

/** What a log holds behind `told`, in order, 50 changes at a time. `known` spares reading the log when it holds all of that. */
export async function* pagesBehind(
  told: number,
  padId: string,
  known: readonly LoggedChange[],
  changes: ChangeLog,
): AsyncGenerator<readonly LoggedChange[]> {
  let page: readonly LoggedChange[];
  let at = told;
  do {
    page = (behind(at, known) ?? (await changes.read(padId, at, PAGE))).slice(0, PAGE);
    if (page.length > 0) yield page;
    at = page.at(-1)?.seq ?? at;
  } while (page.length === PAGE && known.at(-1)?.seq !== at);
}

/** What is known from there on, if it joins. */
function behind(told: number, known: readonly LoggedChange[]): readonly LoggedChange[] | null {
  const next = known.filter(({ seq }) => seq > told);
  const joins = next.every(({ seq }, index) => seq === told + 1 + index);
  return next.length > 0 && joins ? next : null;
}
