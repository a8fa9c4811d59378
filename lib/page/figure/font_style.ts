/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const SVG = "http://www.w3.org/2000/svg";

/**
 * The page's fonts as a style element for a picture that the browser draws apart from the page, where
 * fonts of the page are not known. A font that cannot be read is left out: the picture then has the
 * system's.
 */
export async function fontStyle(): Promise<SVGStyleElement> {
  const faces = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule);
  const rules = await Promise.all(faces.map(async ({ style, parentStyleSheet }) => {
    const source = style.getPropertyValue("src").match(/url\("([^"]+)"\)/)?.[1];
    if (source === undefined) return "";
    const address = new URL(source, parentStyleSheet?.href ?? location.href);
    const data = await dataAddress(address).catch(() => null);
    if (data === null) return "";
    const weight = style.getPropertyValue("font-weight");
    return `@font-face{font-family:Inter;font-weight:${weight};src:url("${data}")}`;
  }));
  const element = document.createElementNS(SVG, "style");
  element.textContent = rules.join("");
  return element;
}

async function dataAddress(address: URL): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`Cannot read a font as it must be served: got ${answer.status}`);
  const blob = await answer.blob();
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
