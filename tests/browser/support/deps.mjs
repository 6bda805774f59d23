// The tests' npm packages live in the build tree (AURA_WEB_MODULES), not beside the sources.
import { createRequire } from "node:module";
import { join } from "node:path";

if (!process.env.AURA_WEB_MODULES) throw new Error("AURA_WEB_MODULES: run these tests through ctest");
const require = createRequire(join(process.env.AURA_WEB_MODULES, "package.json"));

export const { chromium } = require("playwright-core");
export const { WebSocketServer } = require("ws");
