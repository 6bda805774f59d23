// Loads the tests' npm packages from the build tree (AURA_WEB_MODULES), because they are not installed next
// to the sources.
import { createRequire } from "node:module";
import { join } from "node:path";

if (!process.env.AURA_WEB_MODULES) throw new Error("AURA_WEB_MODULES: run these tests through ctest");
const require = createRequire(join(process.env.AURA_WEB_MODULES, "package.json"));

export const { chromium } = require("playwright-core");
export const { WebSocketServer } = require("ws");
