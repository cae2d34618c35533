// Reads ahead of its reader by the first piece alone, so that what goes wrong at once is thrown here. It never loses a
// `return`: whoever stops reading lets go of the source, also before the first piece.

/** @throws what the source throws instead of its first piece */
export async function withFirst<T>(pieces: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const source = pieces[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<T>> | undefined = source.next();
  await first;
  const next = () => {
    const step = first ?? source.next();
    first = undefined;
    return step;
  };
  const stop = async () => {
    await source.return?.();
    return { done: true, value: undefined } as const;
  };
  // No generator: one that nobody has read from yet would not pass `return` on.
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}
