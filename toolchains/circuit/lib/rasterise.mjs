/** SVG → PNG with fonts from the toolchain alone, so that a picture is the same on a machine with fonts and on one without. */
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";

const font = (file) => fileURLToPath(new URL(`../node_modules/@expo-google-fonts/inter/${file}`, import.meta.url));
export const FONT_OPTIONS = {
  loadSystemFonts: false,
  fontFiles: [font("400Regular/Inter_400Regular.ttf"), font("700Bold/Inter_700Bold.ttf")],
  defaultFontFamily: "Inter",
  sansSerifFamily: "Inter",
  serifFamily: "Inter",
  monospaceFamily: "Inter",
};

/** @param {{svg: string, width: number, background?: string}} options `width` in pixels; the height follows the drawing */
export function rasterise({ svg, width, background }) {
  const image = new Resvg(svg, { fitTo: { mode: "width", value: width }, font: FONT_OPTIONS, background, logLevel: "off" });
  return image.render().asPng();
}
