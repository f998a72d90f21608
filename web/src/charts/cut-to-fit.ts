/** A name in as much room as there is: its beginning and its end, by which numbered names differ. Pure. */
export function cutToFit(name: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(name) <= room) return name;
  const letters = [...name];
  let [fits, most] = [0, letters.length - 1];
  while (fits < most) {
    const tried = Math.ceil((fits + most) / 2);
    if (widthOf(cut(letters, tried)) <= room) fits = tried;
    else most = tried - 1;
  }
  return cut(letters, fits);
}

function cut(letters: readonly string[], kept: number): string {
  const ahead = Math.ceil(kept * 0.6);
  const end = letters.slice(letters.length - kept + ahead).join('');
  return `${letters.slice(0, ahead).join('').trimEnd()}…${end.trimStart()}`;
}
