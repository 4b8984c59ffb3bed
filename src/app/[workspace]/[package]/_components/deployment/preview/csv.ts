/**
 * Rows of a CSV (RFC 4180: quoted cells may hold commas, line breaks and doubled quotes). Rows without any text are left
 * out. A quote that is never closed ends with the text.
 */
export function parseCsv({ text }: { text: string }): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((value) => value.trim() !== "")) rows.push(row);
    row = [];
    cell = "";
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === ",") {
      row.push(cell);
      cell = "";
    } else if (character === "\n") endRow();
    else if (character !== "\r" || text[index + 1] !== "\n") cell += character;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}
