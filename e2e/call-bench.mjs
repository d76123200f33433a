// How long it takes from "let in" until both sides see each other, through the built-in relay.
// A figure, not a test: it goes into the README, with the machine named.
//
// usage: MADOGUCHI=target/release/madoguchi node e2e/call-bench.mjs

import { arrived, until, watchCalls } from "./call.mjs";
import { signIn } from "./desk.mjs";
import { DESKTOP, PHONE, launch, visitor } from "./look.mjs";
import { inTheCall } from "./session.mjs";
import { openWindow } from "./window.mjs";

const CALLS = 12;
/** Staff's orders are limited to two a second; nobody clicks faster for long. */
const PAUSE = 2_500;

const browser = await launch();
const window = await openWindow("2026-11-16T09:30:00+09:00", "room");
try {
  const { page: seeker } = await visitor(browser, window, { viewport: PHONE });
  const { page: staff } = await visitor(browser, window, { viewport: DESKTOP });
  for (const page of [seeker, staff]) await watchCalls(page);
  await signIn(staff, window, "shocho");
  const see = async () => {};
  await inTheCall({ browser, window, lang: "ja", seeker, staff, see, id: "", link: "" });
  /** @type {number[]} */
  const took = [];
  for (let call = 0; call < CALLS; call += 1) {
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
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  took.sort((one, other) => one - other);
  const median = took[Math.floor(CALLS / 2)];
  console.log(`let in -> both sides decode frames, relayed: ${CALLS} calls, ` +
    `min ${took[0]} ms, median ${median} ms, max ${took[CALLS - 1]} ms`);
} finally {
  await browser.close();
  await window.end();
}
