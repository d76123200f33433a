// A call over coturn, TLS alone, as from a network that lets nothing else out: coturn with the
// configuration that the documents give.

import { openCoturn } from "../coturn.mjs";
import { watchCalls } from "../call.mjs";
import { must, signIn } from "../desk.mjs";
import { DESKTOP, PHONE, launch, visitor } from "../look.mjs";
import { openWindow } from "../window.mjs";
import { inTheCall } from "./room.mjs";

/** By which ways the relay is reached. @param {import("playwright-core").Page} page */
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

async function play() {
  const coturn = await openCoturn();
  // The certificate was made a moment ago: nobody vouches for it.
  const browser = await launch(["--ignore-certificate-errors"]);
  const window = await openWindow("2026-11-16T09:30:00+09:00", "room", coturn.more);
  try {
    const { page: seeker } = await visitor(browser, window, { viewport: PHONE });
    const { page: staff } = await visitor(browser, window, { viewport: DESKTOP });
    for (const page of [seeker, staff]) await watchCalls(page);
    await signIn(staff, window, "shocho");
    const see = async () => {};
    await inTheCall({ browser, window, lang: "ja", seeker, staff, see, id: "", link: "" });
    for (const page of [seeker, staff]) {
      const found = await ways(page);
      must(found.length > 0 && found.every((way) => way === "tls"), `not by TLS: ${found}`);
    }
  } finally {
    await browser.close();
    await window.end();
    await coturn.end();
  }
}

export const scenes = [{ name: "a call by TLS alone", play }];
