/** Makes work wait until the work before it is done, well or not. */
export function oneAtATime<Given extends unknown[], Result>(
  work: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  let previous: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const result = previous.then(() => work(...given));
    previous = result.catch(() => undefined);
    return result;
  };
}
