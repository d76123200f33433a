// Devices that are refused, or are not there: each has its help, and one still waits and talks.

import { arrived, until, watchCalls } from "../call.mjs";
import { must, signIn } from "../desk.mjs";
import { DESKTOP, PHONE, launch, look, visitor } from "../look.mjs";
import { begun, cameOut, knocks, letIn, staffCome } from "../session.mjs";
import { openWindow } from "../window.mjs";
import { tells } from "../words.mjs";

/** @import { Cast } from "../session.mjs" */

/**
 * @typedef {object} Missing
 * @property {string} name
 * @property {string} flag without which the browser is started
 * @property {string} outcome of the check
 * @property {string} fault of the room
 */

/**
 * A slow line is called slow at once; the number of a try is not kept beside a later failure.
 * @param {Cast} cast
 */
async function slowly({ seeker, lang, see }) {
  const line = await seeker.context().newCDPSession(seeker);
  const none = { offline: false, latency: 0, uploadThroughput: -1, downloadThroughput: -1 };
  await line.send("Network.enable");
  // Octets a second: 440 kbit/s.
  await line.send("Network.emulateNetworkConditions", { ...none, downloadThroughput: 55_000 });
  await seeker.click("#do-speed");
  await cameOut(seeker, "speed", "slow");
  await tells(seeker, lang, "session-outcome-slow");
  await tells(seeker, lang, "session-help-slow");
  await see(seeker, "check-slow");
  const kept = seeker.locator("#check-form [name=speed_kbps]");
  must(Number(await kept.inputValue()) > 0, "the speed is not kept");
  await line.send("Network.emulateNetworkConditions", none);
  await seeker.route("**/check-device/speed", (route) => route.abort());
  await seeker.click("#do-speed");
  await seeker.locator("#check-speed[data-outcome=network_blocked]").waitFor();
  must((await kept.inputValue()) === "", "the speed of an earlier try is kept");
}

/**
 * The check, and then a call in which nothing but writing comes from this side.
 * @param {Cast} cast
 * @param {Missing} missing
 */
async function without(cast, { outcome, fault }) {
  const { seeker, staff, lang } = cast;
  await begun(cast);
  await seeker.goto("/check-device");
  for (const part of ["microphone", "camera"]) {
    await seeker.click(`#do-${part}`);
    await cameOut(seeker, part, outcome);
  }
  await tells(seeker, lang, `session-help-${outcome.replace("_", "-")}`);
  await cast.see(seeker, "check");
  if (outcome === "no_device") await slowly(cast);
  await knocks(cast, seeker);
  for (const kind of ["audio", "video"]) {
    await seeker.locator(`#${kind}-fault`).filter({ hasText: /./ }).waitFor();
    await tells(seeker, lang, `session-fault-${kind}-${fault}`);
  }
  await cast.see(seeker, "waiting");
  await staffCome(cast);
  await letIn(staff);
  await until("the counsellor is seen", async () => (await arrived(seeker)).frames > 0);
  must((await arrived(staff)).frames === 0, "a picture came from nowhere");
  await tells(staff, "ja", "session-peer-quiet");
  await seeker.fill("#chat-text", "聞こえています");
  await seeker.press("#chat-text", "Enter");
  await staff.locator("#chat-log", { hasText: "聞こえています" }).waitFor();
  await tells(seeker, lang, `session-fault-audio-${fault}`);
  await cast.see(seeker, "call");
}

/** @param {Missing} missing @param {string} lang */
function scene(missing, lang) {
  return {
    name: `${missing.name} (${lang})`,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const bare = await launch([], [missing.flag]);
      const window = await openWindow("2026-11-16T09:30:00+09:00", "room");
      try {
        const { page: seeker } = await visitor(bare, window, { viewport: PHONE, lang });
        const clerk = await visitor(browser, window, { viewport: DESKTOP });
        for (const page of [seeker, clerk.page]) await watchCalls(page);
        await signIn(clerk.page, window, "shocho");
        const see = async (/** @type {Cast["seeker"]} */ page, /** @type {string} */ step) => {
          if (page === seeker) await look(page, output, `devices-${missing.name}-${lang}-${step}`);
        };
        const pages = { seeker, staff: clerk.page };
        const cast = { browser: bare, window, lang, ...pages, see, id: "", link: "", start: "" };
        await without(cast, missing);
        await clerk.context.close();
      } finally {
        await bare.close();
        await window.end();
      }
    },
  };
}

/** @type {Missing} */
const REFUSED = {
  name: "refused",
  flag: "--use-fake-ui-for-media-stream",
  outcome: "permission_denied",
  fault: "denied",
};
/** @type {Missing} */
const NONE = {
  name: "none",
  flag: "--use-fake-device-for-media-stream",
  outcome: "no_device",
  fault: "none",
};

export const scenes = [scene(REFUSED, "ja"), scene(NONE, "en")];
