// @ts-check
/**
 * The check of a device: what a browser can show, one thing at a time and each by a click. It
 * blocks nothing; what is not tried is said to be not tried.
 */

import { ask } from "./media.js";
import { Meter } from "./meter.js";
import { latency, meetsOverRelay, speed } from "./probe.js";
import { byId, say } from "./words.js";

/** @import { Fault, IceServer } from "./types.js" */

/** The codes of `rules::session::device_check::Outcome`.
 * @typedef {"good" | "not_tried" | "permission_denied" | "no_device" | "device_busy"
 *   | "insecure_page" | "not_supported" | "network_blocked" | "slow" | "silent"} Outcome */
/** @typedef {"secure_page" | "calls" | "microphone" | "speaker" | "camera" | "relay" | "latency"
 *   | "speed"} Measured */

/** @type {Record<Fault, Outcome>} */
const OUTCOMES = {
  insecure: "insecure_page",
  denied: "permission_denied",
  none: "no_device",
  busy: "device_busy",
  failed: "not_supported",
};
/** A microphone that gives less than this in all the time is switched off somewhere. */
const HEARD = 0.005;
const LISTENS = 5_000;
const TONE_HZ = 440;
const TONE_SECONDS = 1.5;

const settings = byId("check").dataset;
const form = /** @type {HTMLFormElement} */ (byId("check-form"));

/**
 * @param {string} name
 * @param {string} value
 */
function put(name, value) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  field.value = value;
}

/**
 * Shows what came of it, with help where there is any, and keeps it for sending.
 * @param {Measured} what
 * @param {Outcome} outcome
 * @param {string} [key] of a number that is shown instead of the outcome
 * @param {number} [value]
 */
function found(what, outcome, key, value) {
  const card = byId(`check-${what}`);
  card.dataset.outcome = outcome;
  const shown = /** @type {HTMLElement} */ (card.querySelector(".outcome"));
  say(shown, key ?? `outcome-${outcome}`, { value: String(value) });
  const help = /** @type {HTMLElement} */ (card.querySelector(".help"));
  const isTrouble = outcome !== "good" && outcome !== "not_tried";
  say(help, isTrouble ? `help-${outcome}` : "");
  put(what, outcome);
}

/** @param {Measured} what */
function working(what) {
  const shown = /** @type {HTMLElement} */ (byId(`check-${what}`).querySelector(".outcome"));
  say(shown, "working");
}

/**
 * @param {string} id
 * @param {() => Promise<void> | void} act
 */
function onClick(id, act) {
  const control = /** @type {HTMLButtonElement} */ (byId(id));
  control.addEventListener("click", async () => {
    // Not `disabled`: that would take the focus away from who uses the keyboard.
    if (control.getAttribute("aria-disabled") === "true") {
      return;
    }
    control.setAttribute("aria-disabled", "true");
    try {
      await act();
    } finally {
      control.removeAttribute("aria-disabled");
    }
  });
}

function atOnce() {
  found("secure_page", isSecureContext ? "good" : "insecure_page");
  found("calls", "RTCPeerConnection" in globalThis ? "good" : "not_supported");
}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function checkMicrophone() {
  working("microphone");
  const { tracks, faults } = await ask({ audio: {} });
  const track = tracks[0];
  if (!track) {
    found("microphone", OUTCOMES[faults.audio ?? "failed"]);
    return;
  }
  meter.peak = 0;
  meter.watch(track);
  await pause(LISTENS);
  found("microphone", meter.peak > HEARD ? "good" : "silent");
  meter.watch(null);
  track.stop();
}

async function checkCamera() {
  working("camera");
  const { tracks, faults } = await ask({ video: { facingMode: "user" } });
  const track = tracks[0];
  if (!track) {
    found("camera", OUTCOMES[faults.video ?? "failed"]);
    return;
  }
  const video = /** @type {HTMLVideoElement} */ (byId("check-video"));
  video.hidden = false;
  video.srcObject = new MediaStream([track]);
  await video.play().catch(() => undefined);
  found("camera", "good");
  await pause(LISTENS);
  video.srcObject = null;
  video.hidden = true;
  track.stop();
}

async function playTone() {
  const context = new AudioContext();
  await context.resume();
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = TONE_HZ;
  volume.gain.value = 0.2;
  tone.connect(volume).connect(context.destination);
  tone.start();
  byId("speaker-heard").hidden = false;
  await pause(TONE_SECONDS * 1000);
  await context.close();
}

async function checkRelay() {
  working("relay");
  if (!("RTCPeerConnection" in globalThis)) {
    found("relay", "not_supported");
    return;
  }
  try {
    const body = new URLSearchParams({ csrf: settings.csrf ?? "" });
    const answer = await fetch(settings.ice ?? "", { method: "POST", body });
    const { servers } = /** @type {{ servers: IceServer[] }} */ (await answer.json());
    found("relay", (await meetsOverRelay(servers)) ? "good" : "network_blocked");
  } catch {
    found("relay", "network_blocked");
  }
}

/**
 * Shows a number with what it amounts to. The service judges the number by the same limit.
 * @param {"latency" | "speed"} what
 * @param {{ field: string, word: string, isSlow: (value: number) => boolean }} how
 * @param {() => Promise<number>} measure
 */
async function number(what, { field, word, isSlow }, measure) {
  working(what);
  // The number of an earlier try would speak for one that failed.
  put(field, "");
  try {
    const value = await measure();
    put(field, String(value));
    found(what, isSlow(value) ? "slow" : "good", isSlow(value) ? `${word}-slow` : word, value);
  } catch {
    found(what, "network_blocked");
  }
}

function checkLatency() {
  const isSlow = (/** @type {number} */ value) => value > Number(settings.slowMs);
  const how = { field: "latency_ms", word: "milliseconds", isSlow };
  return number("latency", how, () => latency(settings.echo ?? ""));
}

function checkSpeed() {
  const isSlow = (/** @type {number} */ value) => value < Number(settings.slowKbps);
  const how = { field: "speed_kbps", word: "kilobits", isSlow };
  return number("speed", how, () => speed(settings.speed ?? ""));
}

/**
 * What a browser says of itself when asked; not all do. The service makes classes of it and keeps
 * no more than those.
 */
async function askVersions() {
  put("touch_points", String(navigator.maxTouchPoints));
  const hints = /** @type {{ userAgentData?: { getHighEntropyValues: (names: string[]) =>
    Promise<{ platform?: string, platformVersion?: string,
      fullVersionList?: { brand: string, version: string }[] }> } }} */ (navigator).userAgentData;
  const told = await hints?.getHighEntropyValues(["platformVersion", "fullVersionList"])
    .catch(() => undefined);
  if (told) {
    const brands = (told.fullVersionList ?? []).map((one) => `"${one.brand}";v="${one.version}"`);
    put("platform", told.platform ?? "");
    put("platform_version", told.platformVersion ?? "");
    put("brands", brands.join(", "));
  }
}

const meter = new Meter(/** @type {HTMLMeterElement} */ (byId("check-level")));
atOnce();
askVersions();
onClick("do-microphone", checkMicrophone);
if (document.getElementById("do-camera")) {
  onClick("do-camera", checkCamera);
}
onClick("do-speaker", playTone);
onClick("heard-yes", () => found("speaker", "good"));
onClick("heard-no", () => found("speaker", "silent"));
onClick("do-relay", async () => {
  await checkRelay();
  await checkLatency();
});
onClick("do-speed", checkSpeed);
