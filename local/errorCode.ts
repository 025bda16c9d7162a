/** The code of an error of Node's own: `ENOENT`, `EADDRINUSE`. */
export function errorCode(error: unknown): unknown {
  return Object(error).code;
}
