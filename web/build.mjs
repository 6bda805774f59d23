// Builds the web files that the engine embeds and serves: `node build.mjs MODULES_DIR OUT_DIR` writes
// widget.js, the parts that it loads on demand, the demo page's files and the operator's page to OUT_DIR, and
// assets.cc with their bytes.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const [modules, out] = process.argv.slice(2).map((path) => resolve(path));
const esbuild = createRequire(join(modules, "package.json"))("esbuild");

/** Makes an imported style sheet a string: its minified text. */
const cssAsText = {
  name: "css-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: await minifyCss(path),
      loader: "text",
    }));
  },
};

async function minifyCss(path) {
  const { code } = await esbuild.transform(readFileSync(path, "utf8"), {
    loader: "css",
    minify: true,
  });
  return code.trim();
}

/** A raw string literal: holds any text that does not contain its own closing delimiter. */
function literal(text) {
  if (text.includes(')aura"') || text.includes("\0")) throw new Error("cannot embed this text");
  return `R"aura(${text})aura"`;
}

/** The text compressed with gzip, as an ordinary string literal. */
function gzipped(text) {
  const bytes = gzipSync(text, { level: 9 });
  const escaped = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `std::string_view("${escaped}", ${bytes.length})`;
}

/** Bundles one file with its imports, minified. */
async function bundle(entry, format, folder = "widget/src") {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(here, folder, entry)],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    write: false,
    plugins: [cssAsText],
  });
  return outputFiles[0].text;
}

/** The operator's page as one file with inline script and style, which the page's policy allows by their hashes. */
async function operatorPage() {
  const script = (await bundle("main.ts", "iife", "operator/src")).trim();
  const style = await minifyCss(join(here, "operator/operator.css"));
  if (/<\/(script|style)/i.test(script + style)) throw new Error("cannot stand inside the page");
  return readFileSync(join(here, "operator/operator.html"), "utf8")
    .replace("/*style*/", () => style).replace("/*script*/", () => script);
}

const assets = {
  "widget.js": await bundle("main.ts", "iife"),
  "widget-more.js": await bundle("more/more.ts", "esm"),
  "demo.css": await minifyCss(join(here, "demo/demo.css")),
  "demo.html": readFileSync(join(here, "demo/demo.html"), "utf8"),
  "operator.html": await operatorPage(),
  "favicon.svg": readFileSync(join(here, "demo/favicon.svg"), "utf8"),
};
for (const language of ["es", "fr", "de", "pt", "it", "ar"]) {
  assets[`widget-${language}.js`] = await bundle(`words/${language}.ts`, "esm");
}

for (const picture of readdirSync(join(here, "demo/pictures")).sort()) {
  assets[`demo/${picture}`] = readFileSync(join(here, "demo/pictures", picture), "utf8").trim();
}

mkdirSync(join(out, "demo"), { recursive: true });
for (const [name, text] of Object.entries(assets)) writeFileSync(join(out, name), text);

const small = Object.entries(assets).map(
  ([name, text]) => `  if (name == "${name}") return ${gzipped(text)};`,
);
const names = Object.keys(assets).map((name) => `"${name}"`).join(", ");
const rows = Object.entries(assets).map(
  ([name, text]) => `  if (name == "${name}") return std::string_view(${literal(text)});`,
);
writeFileSync(
  join(out, "assets.cc"),
  `#include "web/assets.h"

namespace aura::web {

std::string_view asset(std::string_view name) {
${rows.join("\n")}
  return {};
}

std::string_view asset_gzip(std::string_view name) {
${small.join("\n")}
  return {};
}

std::vector<std::string_view> asset_names() { return {${names}}; }

}  // namespace aura::web
`,
);
