// Runs every scenario in Debian's Chromium and closes with a count.
//
// usage: MADOGUCHI=target/debug/madoguchi node e2e/run.mjs [part of a scenario's name]

import { readdir, rm, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const output = join(here, "output");
const only = process.argv[2] ?? "";

/** Without these Chromium looks for its maker's hosts; a test reaches nothing but loopback. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
let passed = 0;
let failed = 0;
const files = (await readdir(join(here, "scenes"))).filter((name) => name.endsWith(".mjs")).sort();
for (const file of files) {
  const { scenes } = await import(join(here, "scenes", file));
  for (const scene of scenes) {
    const name = `${file.replace(".mjs", "")}: ${scene.name}`;
    if (!name.includes(only)) continue;
    const began = Date.now();
    try {
      await scene.play({ browser, output });
      passed += 1;
      console.log(`ok   ${name} (${Date.now() - began} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n${error instanceof Error ? error.stack : error}`);
    }
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
