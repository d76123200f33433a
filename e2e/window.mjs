// A demo window of its own for each scenario: started on a free port, ended by its process id.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** How long a demo may take to end, in milliseconds. */
const ENDS_WITHIN = 10_000;

/** @returns {Promise<number>} a port that is free now */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Starts a demo whose clock shows `at`.
 * @param {string} at as 2026-11-24T09:30:00+09:00
 * @param {"by_hand" | "room" | "zoom"} [meetings] by which means sessions are usually held
 * @param {string[]} [more] arguments
 * @returns {Promise<{ url: string, password: string, end: () => Promise<void>,
 *   dies: (then: string) => Promise<void>, designates: (features: object) => Promise<void> }>}
 */
export async function openWindow(at, meetings = "by_hand", more = []) {
  const program = process.env.MADOGUCHI;
  if (!program) throw new Error("set MADOGUCHI to the path of the built program");
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-e2e-"));
  const port = await freePort();
  const where = ["--listen", `127.0.0.1:${port}`, "--data", folder];
  const url = `http://127.0.0.1:${port}`;
  let said = "";
  const start = (/** @type {string} */ then) => {
    const args = ["demo", ...where, "--at", then, "--meetings", meetings, ...more];
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (part) => (said += part));
    child.stderr.on("data", (part) => (said += part));
    return { child, gone: new Promise((resolve) => child.once("exit", resolve)) };
  };
  const healthy = () => untilHealthy(url, () => running.child.exitCode !== null, () => said);
  let running = start(at);
  const end = async () => {
    const { child, gone } = running;
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN);
    await gone;
    clearTimeout(patience);
    await rm(folder, { recursive: true, force: true });
  };
  /** Dies without a word, and is started again at once. */
  const dies = async (/** @type {string} */ then) => {
    running.child.kill("SIGKILL");
    await running.gone;
    running = start(then);
    await healthy();
  };
  /** The office designates functions; the running program sees it within five seconds. */
  const designates = async (/** @type {object} */ features) => {
    const [config, practice] = [join(folder, "madoguchi.toml"), join(folder, "practice.json")];
    const keys = Object.entries({
      listen: `127.0.0.1:${port}`,
      public_url: url,
      store: `sqlite:${join(folder, "demo.db")}`,
      key_file: join(folder, "keys.toml"),
    });
    await writeFile(config, keys.map(([key, value]) => `${key} = "${value}"\n`).join(""));
    await writeFile(practice, JSON.stringify({ meetings, features }));
    const which = ["--config", config, "--slug", "mihon", "--file", practice];
    await promisify(execFile)(program, ["office", "practice", ...which]);
  };
  try {
    await healthy();
  } catch (error) {
    await end();
    throw error;
  }
  return { url, password: /password\s+(\S+)/.exec(said)?.[1] ?? "", end, dies, designates };
}

/**
 * @param {string} url
 * @param {() => boolean} isGone
 * @param {() => string} said
 */
async function untilHealthy(url, isGone, said) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (isGone()) throw new Error(`the demo ended at once:\n${said()}`);
    try {
      if ((await fetch(`${url}/healthz`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the demo did not answer:\n${said()}`);
}
