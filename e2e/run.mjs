// Runs every scenario in Debian's Chromium and closes with a count.
//
// usage: MADOGUCHI=target/debug/madoguchi node e2e/run.mjs [part of a scenario's name]

import { readdir, rm, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { launch } from "./look.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const output = join(here, "output");
const only = process.argv[2] ?? "";

// One scene that is played again leaves the pictures of the others alone.
if (only === "") await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
/** A scene that takes longer hangs. */
const SCENE_TAKES_AT_MOST = 180_000;

/** @typedef {{ browser: import("playwright-core").Browser, output: string }} Given */
/** @typedef {{ name: string, play: (given: Given) => Promise<void> }} Scene */

/** @type {Scene[]} */
const waiting = [];
const files = (await readdir(join(here, "scenes"))).filter((name) => name.endsWith(".mjs")).sort();
for (const file of files) {
  const { scenes } = await import(join(here, "scenes", file));
  for (const scene of scenes) {
    const name = `${file.replace(".mjs", "")}: ${scene.name}`;
    if (name.includes(only)) waiting.push({ name, play: scene.play });
  }
}

let passed = 0;
let failed = 0;

/**
 * @param {import("playwright-core").Browser} browser
 * @param {Scene} scene
 */
async function play(browser, scene) {
  const began = Date.now();
  let alarm;
  const tooLong = new Promise((_, refuse) => {
    alarm = setTimeout(() => refuse(new Error("it hangs")), SCENE_TAKES_AT_MOST);
  });
  try {
    await Promise.race([scene.play({ browser, output }), tooLong]);
    passed += 1;
    console.log(`ok   ${scene.name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${scene.name}\n${error instanceof Error ? error.stack : error}`);
    for (const context of browser.contexts()) await context.close();
  }
  clearTimeout(alarm);
}

/** Plays what waits, one scene after the other, in a browser of its own. */
async function player() {
  const browser = await launch();
  for (let scene = waiting.shift(); scene; scene = waiting.shift()) await play(browser, scene);
  await browser.close();
}

const players = Number(process.env.SCENES_AT_ONCE ?? 2);
await Promise.all(Array.from({ length: players }, player));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
