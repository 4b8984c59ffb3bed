/** Makes text of strangers fit for a terminal. */

/* eslint-disable no-control-regex -- control characters are what is looked for */
const SEQUENCES = /\u001b\[[0-9;:?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g;
const COLOUR = /^\u001b\[[0-9;:]*m$/;
const CONTROLS = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;
const LONE_ESCAPE = /\u001b(?!\[[0-9;:]*m)/g;
/* eslint-enable no-control-regex */

/**
 * Without what could steer a terminal (cursor, title, clipboard, carriage returns): a log's line is written by a stranger's code.
 * Tabs and newlines stay, and colours where `colours` is set; a line with colours ends by switching them off.
 */
export function cleanText(text: string, options: { colours: boolean }): string {
  let coloured = false;
  const kept = text.replace(SEQUENCES, (sequence) => {
    if (!options.colours || !COLOUR.test(sequence)) return "";
    coloured = true;
    return sequence;
  });
  const clean = kept.replace(CONTROLS, "").replace(LONE_ESCAPE, "");
  return coloured ? `${clean}\u001b[0m` : clean;
}
