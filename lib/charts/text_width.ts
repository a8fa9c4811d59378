/** Weights of the shipped font. */
export type FontWeight = 400 | 600;

/** Advance widths of Inter for U+0020 … U+007E, in 1/2048 of the font size. */
const ADVANCES: Readonly<Record<FontWeight, readonly number[]>> = {
  // deno-fmt-ignore
  400: [576, 589, 954, 1297, 1314, 2011, 1319, 614, 747, 747, 1026, 1355, 590, 942, 590, 738, 1292, 833, 1249, 1265, 1323, 1215, 1270, 1159, 1267, 1270, 590, 618, 1355, 1355, 1355, 1047, 1978, 1413, 1340, 1496, 1478, 1231, 1209, 1528, 1522, 550, 1169, 1376, 1158, 1850, 1543, 1566, 1308, 1566, 1318, 1314, 1322, 1524, 1413, 2018, 1397, 1390, 1288, 747, 738, 747, 965, 934, 661, 1150, 1254, 1170, 1254, 1194, 758, 1256, 1211, 496, 496, 1124, 496, 1794, 1210, 1228, 1254, 1254, 771, 1081, 670, 1211, 1151, 1676, 1118, 1151, 1131, 873, 681, 873, 1355],
  // deno-fmt-ignore
  600: [516, 658, 1071, 1318, 1332, 2057, 1357, 667, 764, 764, 1105, 1378, 653, 953, 653, 776, 1351, 866, 1276, 1303, 1364, 1254, 1310, 1180, 1311, 1310, 653, 674, 1378, 1378, 1378, 1113, 2046, 1490, 1350, 1509, 1479, 1240, 1204, 1534, 1527, 567, 1187, 1440, 1158, 1889, 1555, 1574, 1321, 1583, 1336, 1332, 1352, 1507, 1490, 2089, 1474, 1461, 1336, 764, 776, 764, 986, 961, 719, 1176, 1278, 1193, 1278, 1211, 796, 1281, 1254, 536, 536, 1166, 536, 1844, 1253, 1247, 1278, 1278, 813, 1125, 723, 1254, 1202, 1719, 1165, 1205, 1159, 931, 735, 931, 1378],
};

/** A digit takes this much where figures are tabular, which they are in a browser. */
const TABULAR_DIGIT = 1364;

/** Signs that our own texts use, at the wider of their two weights. */
const SIGNS: Readonly<Record<string, number>> = {
  "–": 1024,
  "—": 2048,
  "…": 1958,
  "·": 653,
  "¢": 1193,
  "“": 1038,
  "”": 1038,
  "’": 602,
  "−": 1378,
  "≥": 1378,
  "→": 1954,
  "←": 1954,
};

/** No Latin letter below U+0180 is wider. */
const LATIN = 2100;

/** Nor any other letter, sign or emoji that titles are made of: the em is 2048. */
const OTHER = 2850;

/**
 * Width of a line of text in user units, never below what the shipped font takes.
 *
 * A narrow estimate would let text run out of the picture, so characters that are not in the table
 * count as wide. Kerning, which only narrows, is left out.
 *
 * @param text One line. @param size Font size in user units. @param weight Font weight.
 */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    width += code >= 48 && code <= 57
      ? TABULAR_DIGIT
      : ADVANCES[weight][code - 32] ?? SIGNS[character] ?? (code < 0x180 ? LATIN : OTHER);
  }
  return width * size / 2048;
}
