/** A thing that APPSYNC_JS refuses, where it begins: lines from 1, columns from 0. */
export function problemAt({ loc }, what, why) {
  return { line: loc.start.line, column: loc.start.column, what, why };
}
