/** For whoever must answer although the database does not: a machine that froze or a line that broke refuses nothing, it is silent. */

/** Settles as the work does, or rejects after `ms`; the work goes on and its end is dropped. */
export async function inTime<Result>({ work, ms }: { work: Promise<Result>; ms: number }): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The database did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
