// Words as the filter page compares them and says them.

const ascii = text => /^[\x00-\x7f]*$/.test(text);

/** A text as it is compared: no case, no accents. */
export function fold(text) {
  if (ascii(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

export const words = text => fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [];

/** What is looked for in a row: where a word begins. Scripts without spaces between words are looked for anywhere. */
export const needle = word => (ascii(word) ? ` ${word}` : word);

/** `36 min`, `2 h 05 min`, `3 d 4 h`, as the other pages say it. */
export function spoken(seconds) {
  if (seconds < 0) return `-${spoken(-seconds)}`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
  if (minutes < 60) return `${minutes} min`;
  if (hours < 24) return minutes % 60 ? `${hours} h ${String(minutes % 60).padStart(2, "0")} min` : `${hours} h`;
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`;
}

export const counted = (number, one) => `${number.toLocaleString("en")} ${number === 1 ? one : `${one}s`}`;
