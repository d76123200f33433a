// What is seen of a call from outside of its page: frames and sound that really arrive.

/** @typedef {import("playwright-core").Page} Page */

/**
 * Keeps every connection that the page makes within reach. Before the page is opened.
 * @param {Page} page
 */
export async function watchCalls(page) {
  await page.addInitScript(() => {
    /** @type {RTCPeerConnection[]} */
    const made = [];
    const Original = RTCPeerConnection;
    Object.assign(globalThis, {
      connections: made,
      RTCPeerConnection: class extends Original {
        /** @param {RTCConfiguration} [how] */
        constructor(how) {
          super(how);
          made.push(this);
        }
      },
    });
  });
}

/**
 * What has arrived over all connections of a page that are open.
 * @param {Page} page
 * @returns {Promise<{ open: number, frames: number, sound: number, relayed: boolean }>}
 */
export function arrived(page) {
  return page.evaluate(async () => {
    /** @type {RTCPeerConnection[]} */
    const made = Reflect.get(globalThis, "connections") ?? [];
    const sum = { open: 0, frames: 0, sound: 0, relayed: true };
    for (const connection of made.filter((it) => it.connectionState === "connected")) {
      sum.open += 1;
      const stats = [...(await connection.getStats()).values()];
      for (const it of stats.filter((one) => one.type === "inbound-rtp")) {
        if (it.kind === "video") sum.frames += it.framesDecoded ?? 0;
        else sum.sound += it.packetsReceived ?? 0;
      }
      const candidates = stats.filter((it) => it.type === "local-candidate");
      sum.relayed &&= candidates.every((it) => it.candidateType === "relay");
    }
    return sum;
  });
}

/**
 * Asks again until it holds. Never `waitForFunction` with an asynchronous question: a promise is
 * true at once.
 * @param {string} what
 * @param {() => Promise<boolean>} holds
 * @param {number} [within] milliseconds
 */
export async function until(what, holds, within = 15_000) {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > within) throw new Error(`it did not come to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return Date.now() - began;
}

/**
 * Frames are decoded on both sides from now on.
 * @param {Page} one
 * @param {Page} other
 */
export async function seeEachOther(one, other) {
  const before = [await arrived(one), await arrived(other)];
  return until("both see each other", async () => {
    const now = [await arrived(one), await arrived(other)];
    return now.every((it, at) => it.open > 0 && it.frames > (before[at]?.frames ?? 0));
  });
}
