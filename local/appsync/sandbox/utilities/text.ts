/** `util`'s functions on text, and `util.str`. */
export const TEXT = {
  /** As Apache Commons' `escapeEcmaScript`, which Velocity's tools use. */
  escapeJavaScript: (text: string) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll("'", "\\'")
      .replaceAll('/', '\\/')
      .replaceAll(/[^ -~]/g, (character) => unicodeEscape(character)),
  /** As `application/x-www-form-urlencoded`: a space is `+`. */
  urlEncode: (text: string) => new URLSearchParams([['', text]]).toString().slice(1),
  urlDecode: (text: string) => decodeURIComponent(text.replaceAll('+', ' ')),
  base64Encode: (text: string) => Buffer.from(text).toString('base64'),
  base64Decode: (text: string) => Buffer.from(text, 'base64').toString(),
  /** The whole text, as Java's `Pattern.matches`. */
  matches: (pattern: string, text: string) => new RegExp(`^(?:${pattern})$`, 's').test(text),
  normalize: (text: string, form: string) => text.normalize(form.toUpperCase()),
};

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
