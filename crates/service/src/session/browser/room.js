// @ts-check
/**
 * The page of the room, for both sides. The service holds the state; this page shows what it is
 * told, and after any reload or broken line is told all of it again.
 */

import { LocalMedia } from "./media.js";
import { Own } from "./own.js";
import { Peers } from "./peers.js";
import { Picture } from "./picture.js";
import { MEASURED_EVERY, Quality } from "./quality.js";
import { Signal } from "./signal.js";
import { StageView } from "./stage.js";
import { Talk } from "./talk.js";
import { Tiles } from "./tiles.js";
import { byId, say } from "./words.js";

/** @import { MediaState, Send, ToBrowser, View } from "./types.js" */
/** @import { LineState, Refused } from "./signal.js" */

const REPORTED_EVERY = 15_000;
const WATCHED_EVERY = 250;
const REFUSALS = ["too_many", "too_long", "not_text", "chat_closed", "no_such_seat"];
const settings = byId("room").dataset;
const isStaff = settings.role === "counsellor";

const stage = new StageView(settings);
const tell = stage.tell.bind(stage);
/** @type {Send} */
const send = (message) => signal.send(message);
const media = new LocalMedia(mediaChanged);
const picture = new Picture();
const quality = new Quality();
const tiles = new Tiles(byId("tiles"), () => (byId("unsilence").hidden = false));
/** @type {Peers} */
const peers = new Peers({
  send,
  tracks: () => media.tracks,
  step: () => picture.step,
  received: (peer, kind, track) => tiles.show(peer, kind, track),
  changed: drawPeers,
  gone: (connection) => tiles.remove(connection),
});
const own = new Own(media, {
  spare: (isSparing) => {
    picture.spare(isSparing);
    peers.limit();
  },
});
const talk = new Talk(send, tell);
/** @type {View | null} */
let view = null;
/** @type {MediaState | null} What the service has been told on this socket. */
let toldMedia = null;
let reportedAt = performance.now();
/** @type {((view: View) => void) | undefined} */
let drawDesk;
/** @type {(() => void) | undefined} */
let drawShare;

function mediaChanged() {
  own.draw();
  drawShare?.();
  peers.sendTracks();
  tellMedia();
}

function tellMedia() {
  const state = media.state;
  const isKnown = toldMedia && JSON.stringify(toldMedia) === JSON.stringify(state);
  if (view?.stage.is === "admitted" && !isKnown && send({ type: "media", ...state })) {
    toldMedia = state;
  }
}

function drawPeers() {
  tiles.update(peers.all);
  const isAlone = peers.all.length === 0;
  byId("alone").hidden = !isAlone;
  byId("trouble").hidden = !peers.all.some(({ link }) => link === "lost");
  if (isAlone) {
    say(byId("quality"), "");
  }
}

/** @param {View} fresh */
function update(fresh) {
  if (fresh.you.connection !== view?.you.connection || fresh.stage.is !== "admitted") {
    toldMedia = null;
  }
  const wasMoved = view?.stage.is === "moved";
  view = fresh;
  if (fresh.stage.is === "moved" && !isStaff) {
    moveOn();
  } else if (wasMoved) {
    own.resume();
  }
  own.allow(fresh.you.may.camera);
  stage.update(fresh);
  peers.update(fresh);
  talk.update(fresh);
  drawDesk?.(fresh);
  drawShare?.();
  drawPeers();
  tellMedia();
  if (fresh.stage.is === "moved") {
    media.stop();
    mediaChanged();
  }
}

/** The join page knows where the session goes on, or why it does not. Once: two pages must not send to each other. */
function moveOn() {
  const last = Number(sessionStorage.getItem("madoguchi-moved")) || 0;
  if (Date.now() - last > 10_000) {
    sessionStorage.setItem("madoguchi-moved", String(Date.now()));
    location.assign(settings.join ?? location.href);
  }
}

/**
 * @param {ToBrowser} message
 * @returns {Promise<void>}
 */
async function heard(message) {
  switch (message.type) {
    case "state":
      return update(message);
    case "ice":
      return peers.renew(message);
    case "pong":
      return stage.setClock(message.at);
    case "description":
      return peers.description(message.from, message);
    case "candidate":
      return peers.candidate(message.from, message);
    case "restart_ice":
      return peers.restartAsked(message.from);
    case "chat":
      return talk.chat(message);
    case "caption":
      return talk.caption(message);
    case "refused":
      return refused(message.why);
    case "closed":
      return message.reconnect ? undefined : over(message);
  }
}

/** @param {string} why a code of `rules::session::room::Refusal` */
function refused(why) {
  if (REFUSALS.includes(why)) {
    tell(`refused-${why}`);
  } else if (why !== "no_such_peer") {
    // Between a reload and the next state, messages cross; the next state puts that right.
    console.warn("refused", why);
  }
}

/** @param {{ why: string, reconnect: boolean }} closed */
function over(closed) {
  peers.clear();
  media.stop();
  mediaChanged();
  stage.close(closed);
  if (closed.why === "shut" && !isStaff) {
    moveOn();
  }
}

/**
 * While the line was broken the door was shut, or the way in has ended.
 * @param {Refused} why
 */
function turnedAway(why) {
  over({ why, reconnect: false });
  if (!isStaff) {
    moveOn();
  }
}

/**
 * @param {LineState} line
 * @param {number} tries
 */
function lineChanged(line, tries) {
  if (line === "opening") {
    peers.forgetIce();
  }
  stage.setLine(line, tries);
}

async function measure() {
  if (view?.stage.is !== "admitted") {
    return;
  }
  peers.keepReady();
  const { level, seen } = await quality.measure(peers.all);
  say(byId("quality"), level ? `quality-${level}` : "");
  byId("quality").dataset.level = level ?? "";
  if (media.camera && picture.judge(seen)) {
    peers.limit();
  }
  byId("sound-offer").hidden = !(media.camera && picture.isTooMuch);
  if (performance.now() - reportedAt > REPORTED_EVERY && level) {
    reportedAt = performance.now();
    send({ type: "quality", ...quality.report(peers.restarts) });
  }
}

/** A screen that goes dark takes camera and line with it. */
async function stayAwake() {
  if (document.visibilityState === "visible") {
    await navigator.wakeLock?.request("screen").catch(() => undefined);
  }
}

function leave() {
  send({ type: "leave" });
  peers.clear();
  media.stop();
}

byId("leave").addEventListener("click", () => send({ type: "leave" }) || location.reload());
byId("reload").addEventListener("click", () => location.reload());
byId("over-again").addEventListener("click", () => location.reload());
byId("unsilence").addEventListener("click", () => {
  byId("unsilence").hidden = true;
  tiles.play();
});
document.querySelector("a.exit")?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
  // Not in the history: going back would show the room again.
  location.replace(/** @type {HTMLAnchorElement} */ (event.currentTarget).href);
});
document.addEventListener("visibilitychange", stayAwake);
// Not `leave`: a reload is no parting, and the service sees the line end.
addEventListener("pagehide", () => {
  peers.clear();
  media.stop();
  signal.close();
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
setInterval(measure, MEASURED_EVERY);
setInterval(() => peers.watch(), WATCHED_EVERY);

if (isStaff) {
  const [{ DeskPanel }, { screenControl }] = await Promise.all([
    import("./desk.js"), import("./screen.js"),
  ]);
  const desk = new DeskPanel(send, tell);
  drawDesk = (fresh) => desk.update(fresh);
  drawShare = screenControl(media, tell, () => view?.you.may.screen !== false);
}
/** @type {Signal} */
const signal = new Signal(settings.socket ?? "", {
  heard,
  line: lineChanged,
  refused: turnedAway,
});
own.draw();
drawShare?.();
own.resume();
stayAwake();
