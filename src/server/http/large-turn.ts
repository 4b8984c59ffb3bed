/** Large bodies of this process, one after the other: each is in memory several times over while it is parsed and stored. */

let last: Promise<void> = Promise.resolve();

export async function takeLargeTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const before = last;
  let done: () => void = () => undefined;
  last = new Promise((resolve) => {
    done = resolve;
  });
  await before;
  try {
    return await work();
  } finally {
    done();
  }
}
