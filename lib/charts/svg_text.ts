import { safeText } from "./text_lines.ts";

/** What is read of a DOM node; any DOM has it. */
interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly localName?: string | null;
  readonly nodeValue: string | null;
  readonly attributes?: Iterable<{ readonly name: string; readonly value: string }>;
  readonly childNodes: Iterable<DomNode>;
}

const ELEMENT = 1, TEXT = 3;

/** Attributes that mean nothing once the style sheet they serve is left out. */
const LEFT_OUT = new Set(["class", "aria-hidden"]);

/** Attributes whose numbers are words for a reader, or data. */
const VERBATIM = new Set(["aria-label", "href", "id"]);

/**
 * A DOM tree as SVG text: well-formed, escaped, numbers cut to two decimals, ids renamed.
 *
 * A library's own serialisation is neither stable between versions nor safe against every
 * character a title may hold, and its ids would collide where several figures share a page. Style
 * sheets are left out: the PNG writer reads attributes only.
 *
 * @param node Root of the tree.
 * @param idOf New name of an id; called again for every reference to it.
 */
export function svgText(node: DomNode, idOf: (id: string) => string): string {
  if (node.nodeType === TEXT) return escapeXml(node.nodeValue ?? "");
  if (node.nodeType !== ELEMENT) return "";
  // in an HTML document `nodeName` is in capitals, which SVG does not know
  const name = node.localName ?? node.nodeName;
  if (/^style$/i.test(name)) return "";
  const attributes = Array.from(node.attributes ?? [])
    .filter((attribute) => !LEFT_OUT.has(attribute.name))
    .map(({ name, value }) => ` ${name}="${escapeXml(attributeText(name, value, idOf))}"`)
    .sort()
    .join("");
  const content = Array.from(node.childNodes, (child) => svgText(child, idOf)).join("");
  return content === "" ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

function attributeText(name: string, value: string, idOf: (id: string) => string): string {
  if (name === "id") return idOf(value);
  const renamed = name === "href" && value.startsWith("#")
    ? `#${idOf(value.slice(1))}`
    : value.replace(/^url\(#(.+)\)$/, (_, id) => `url(#${idOf(id)})`);
  // a colour such as #1234e5 is no number
  return VERBATIM.has(name) || value.startsWith("#") ? renamed : cutNumbers(renamed);
}

/** Numbers of a path or another attribute with at most two decimals. */
export function cutNumbers(text: string): string {
  return text.replace(/-?\d*\.\d+(?:e[-+]?\d+)?|-?\d+e[-+]?\d+/gi, (number) => {
    const cut = Number(Number(number).toFixed(2));
    return Object.is(cut, -0) ? "0" : String(cut);
  });
}

/** Text with the five characters of XML's syntax replaced, and those no XML may hold left out. */
export function escapeXml(text: string): string {
  return safeText(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;").replace(/'/g, "&apos;");
}
