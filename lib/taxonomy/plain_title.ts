/**
 * A title in lower case, without accents, thousands' commas and the marks of bold text.
 *
 * Full stops of initials, apostrophes and the genitive's s go too, so that "J.D.", "J. D." and
 * "U.S." have one spelling each: "jd", "j d" and "us".
 */
export function plainTitle(title: string): string {
  return title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/(\d),(?=\d{3}\b)/g, "$1")
    .replace(/[*_"“”`]+/g, " ")
    .replace(/(?<=[a-z])['’]s(?![a-z])/g, "")
    .replace(/(?<=[a-z])['’](?=[a-z])/g, "")
    .replace(/(?<![a-z])([a-z])\.(?=[a-z]\.)/g, "$1")
    .replace(/(?<=[a-z])\./g, " ")
    .replace(/\s+/g, " ").trim();
}
