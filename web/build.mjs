// Builds what the engine serves and embeds: `node build.mjs MODULES_DIR OUT_DIR` writes widget.js,
// demo.css, demo.html and favicon.svg to OUT_DIR, and assets.cc with their bytes.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [modules, out] = process.argv.slice(2).map((path) => resolve(path));
const esbuild = createRequire(join(modules, "package.json"))("esbuild");

/** A style sheet imported by the widget is its minified text. */
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

/** A raw string literal holds any text that does not contain its own closing mark. */
function literal(text) {
  if (text.includes(')aura"') || text.includes("\0")) throw new Error("cannot embed this text");
  return `R"aura(${text})aura"`;
}

const bundled = await esbuild.build({
  entryPoints: [join(here, "widget/src/main.ts")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2019",
  charset: "utf8",
  legalComments: "none",
  write: false,
  plugins: [cssAsText],
});

const assets = {
  "widget.js": bundled.outputFiles[0].text,
  "demo.css": await minifyCss(join(here, "demo/demo.css")),
  "demo.html": readFileSync(join(here, "demo/demo.html"), "utf8"),
  "favicon.svg": readFileSync(join(here, "demo/favicon.svg"), "utf8"),
};

mkdirSync(out, { recursive: true });
for (const [name, text] of Object.entries(assets)) writeFileSync(join(out, name), text);

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

}  // namespace aura::web
`,
);
