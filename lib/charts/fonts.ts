import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
// brings the package into the module graph, so that it is installed before a chart asks for it
import inter from "@expo-google-fonts/inter/package.json" with { type: "json" };

/** Family that every chart names first, and that every PNG is drawn with. */
export const FONT_FAMILY = "Inter, system-ui, sans-serif";

/**
 * Paths of the shipped TrueType files of Inter: regular and semi-bold.
 *
 * Fonts differ from machine to machine, so pictures are drawn with these and no others.
 *
 * @throws {Error} If the package is not installed.
 */
export function fontFiles(): string[] {
  const manifest = findPackageJSON(inter.name, import.meta.url);
  if (manifest === undefined) {
    throw new Error(`Cannot find the font package "${inter.name}" as it must be installed`);
  }
  const folder = dirname(manifest);
  return ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"]
    .map((file) => join(folder, file));
}
