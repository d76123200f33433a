// How long it takes from "let in" until both sides see each other, through the built-in relay, and
// how long until they do so again after the node or the relay has died and was started at once.
// Figures, not tests: they go into the README, with the machine named.
//
// usage: MADOGUCHI=target/release/madoguchi node e2e/call-bench.mjs

import { arrived, until, watchCalls } from "./call.mjs";
import { openCoturn } from "./coturn.mjs";
import { signIn } from "./desk.mjs";
import { DESKTOP, PHONE, launch, visitor } from "./look.mjs";
import { inTheCall } from "./session.mjs";
import { openWindow } from "./window.mjs";

/** @typedef {import("./session.mjs").Cast} Cast */

const CALLS = 12;
const DEATHS = 6;
/** Staff's orders are limited to two a second; nobody clicks faster for long. */
const PAUSE = 2_500;

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {string} what
 * @param {number[]} took
 */
function tell(what, took) {
  took.sort((one, other) => one - other);
  const median = took[Math.floor(took.length / 2)];
  console.log(`${what}: ${took.length} times, min ${took[0]} ms, median ${median} ms, ` +
    `max ${took[took.length - 1]} ms`);
}

/**
 * Two in the call, in a window with these arguments.
 * @param {string[]} more
 * @param {(cast: Cast) => Promise<void>} play
 */
async function call(more, play) {
  const browser = await launch();
  const window = await openWindow("2026-11-16T09:30:00+09:00", "room", more);
  try {
    const { page: seeker } = await visitor(browser, window, { viewport: PHONE });
    const { page: staff } = await visitor(browser, window, { viewport: DESKTOP });
    for (const page of [seeker, staff]) await watchCalls(page);
    await signIn(staff, window, "shocho");
    const see = async () => {};
    const cast = { browser, window, lang: "ja", seeker, staff, see, id: "", link: "", start: "" };
    await inTheCall(cast);
    await play(cast);
  } finally {
    await browser.close();
    await window.end();
  }
}

await call([], async ({ seeker, staff }) => {
  /** @type {number[]} */
  const took = [];
  for (let count = 0; count < CALLS; count += 1) {
    await staff.locator("#in-call").getByRole("button", { name: "待合に戻す" }).click();
    await staff.locator("#waiting-list li").waitFor();
    await until("nobody is connected", async () => (await arrived(seeker)).open === 0);
    await until("nobody is connected", async () => (await arrived(staff)).open === 0);
    await staff.locator("#waiting-list").getByRole("button", { name: "入室を許可" }).click();
    const began = performance.now();
    await until("both see each other", async () => {
      const both = await Promise.all([arrived(seeker), arrived(staff)]);
      return both.every((it) => it.frames > 0);
    });
    took.push(Math.round(performance.now() - began));
    await pause(PAUSE);
  }
  tell("let in -> both sides decode frames, relayed", took);
});

/**
 * Frames decoded by each connection that the page ever made.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<number[]>}
 */
function frames(page) {
  return page.evaluate(() => {
    /** @type {RTCPeerConnection[]} */
    const made = Reflect.get(globalThis, "connections");
    return Promise.all(made.map(async (connection) => {
      const stats = [...(await connection.getStats()).values()];
      return stats.reduce((sum, it) => sum + (it.framesDecoded ?? 0), 0);
    }));
  });
}

/**
 * Whether a picture moves now: a connection of its own counts from nothing.
 * @param {import("playwright-core").Page} page
 */
async function moves(page) {
  const before = await frames(page);
  await pause(100);
  return (await frames(page)).some((count, at) => count > (before[at] ?? 0));
}

/**
 * Frames decoded on both sides after something has died, again and again.
 * @param {Cast} cast
 * @param {() => Promise<void>} dies
 */
async function deaths({ seeker, staff }, dies) {
  /** @type {number[]} */
  const took = [];
  for (let count = 0; count < DEATHS; count += 1) {
    await pause(PAUSE);
    const began = performance.now();
    await dies();
    const both = [seeker, staff];
    await until("the pictures stand", async () => {
      return (await Promise.all(both.map(moves))).every((moving) => !moving);
    });
    await until("the pictures move", async () => (await Promise.all(both.map(moves))).every(Boolean));
    took.push(Math.round(performance.now() - began));
  }
  return took;
}

await call([], async (cast) => {
  tell("node and relay killed -> frames again", await deaths(cast, () => cast.window.dies(`${cast.start}:00+09:00`)));
});

const coturn = await openCoturn("udp");
await call(coturn.more, async (cast) => {
  const dies = async () => {
    await coturn.stop();
    await coturn.start();
  };
  tell("relay alone killed (coturn) -> frames again", await deaths(cast, dies));
}).finally(() => coturn.end());
