// Calls over coturn, with the configuration that the documents give: over TLS alone, as from a
// network that lets nothing else out, and while it is gone.

import { openCoturn } from "../coturn.mjs";
import { arrived, seeEachOther, until, watchCalls } from "../call.mjs";
import { must, signIn } from "../desk.mjs";
import { DESKTOP, PHONE, launch, look, visitor } from "../look.mjs";
import { inTheCall } from "../session.mjs";
import { openWindow } from "../window.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {Awaited<ReturnType<typeof openCoturn>>} Coturn */

/**
 * @param {"udp" | "tls"} way
 * @param {(seeker: Page, staff: Page, coturn: Coturn, output: string) => Promise<void>} play
 */
function scene(way, play) {
  return async (/** @type {{ output: string }} */ { output }) => {
    const coturn = await openCoturn(way);
    // The certificate was made a moment ago: nobody vouches for it.
    const browser = await launch(["--ignore-certificate-errors"]);
    const window = await openWindow("2026-11-16T09:30:00+09:00", "room", coturn.more);
    try {
      const { page: seeker } = await visitor(browser, window, { viewport: PHONE });
      const { page: staff } = await visitor(browser, window, { viewport: DESKTOP });
      for (const page of [seeker, staff]) await watchCalls(page);
      await signIn(staff, window, "shocho");
      const see = async () => {};
      const cast = { browser, window, lang: "ja", seeker, staff, see, id: "", link: "", start: "" };
      await inTheCall(cast);
      await play(seeker, staff, coturn, output);
    } finally {
      await browser.close();
      await window.end();
      await coturn.end();
    }
  };
}

/** By which ways the relay is reached. @param {Page} page */
function ways(page) {
  return page.evaluate(async () => {
    /** @type {RTCPeerConnection[]} */
    const made = Reflect.get(globalThis, "connections");
    /** @type {string[]} */
    const found = [];
    for (const connection of made.filter((it) => it.connectionState === "connected")) {
      for (const it of (await connection.getStats()).values()) {
        if (it.type === "local-candidate") found.push(it.relayProtocol ?? it.candidateType);
      }
    }
    return found;
  });
}

/** @param {Page} seeker @param {Page} staff */
async function overTls(seeker, staff) {
  for (const page of [seeker, staff]) {
    const found = await ways(page);
    must(found.length > 0 && found.every((way) => way === "tls"), `not by TLS: ${found}`);
  }
}

/** What this side sends: the tracks of its senders that are not held back. @param {Page} page */
function sends(page) {
  return page.evaluate(() => {
    /** @type {RTCPeerConnection[]} */
    const made = Reflect.get(globalThis, "connections");
    const open = made.filter((it) => it.connectionState !== "closed");
    const senders = open.flatMap((it) => it.getSenders());
    return senders.filter((it) => it.track && it.track.readyState === "live").length;
  });
}

/** @param {Page} seeker @param {Page} staff @param {Coturn} coturn @param {string} output */
async function lost(seeker, staff, coturn, output) {
  const both = [seeker, staff];
  await coturn.stop();
  for (const page of both) {
    await page.locator(".tile .note:not([hidden])").first().waitFor({ timeout: 20_000 });
    // Nobody goes on speaking to people that they neither see nor hear.
    await until("nothing is sent any more", async () => (await sends(page)) === 0, 20_000);
    await page.locator("#trouble").waitFor({ timeout: 20_000 });
  }
  must(await seeker.locator("#trouble a[href^='tel:']").isVisible(), "no telephone is shown");
  await look(seeker, output, "coturn-lost-01-seeker");
  await look(staff, output, "coturn-lost-02-staff");
  await coturn.start();
  const began = Date.now();
  await until("they are back", async () => (await arrived(seeker)).open > 0, 30_000);
  await seeEachOther(seeker, staff);
  console.log(`       seen again on both sides ${Date.now() - began} ms after the relay was back`);
  for (const page of both) await page.locator("#trouble").waitFor({ state: "hidden" });
}

export const scenes = [
  { name: "a call by TLS alone", play: scene("tls", overTls) },
  { name: "the relay is lost", play: scene("udp", lost) },
];
