// @ts-check
/** Which part of the page is shown, by where this browser stands. */

import { byId, clock, say } from "./words.js";

/** @import { Closed, Stage, View, Waiting } from "./types.js" */
/** @import { LineState } from "./signal.js" */

const PARTS = ["opening", "waiting", "call", "in-use", "moved", "over"];
/** Closings that end the session itself; after the others the page can be loaded again. */
const FINAL = ["ended", "removed", "shut", "signed_out"];
const TELLS = /** @type {const} */ (["left", "ended", "removed", "shut", "signed_out", "taken_over",
  "in_use", "full", "not_yours", "flooding"]);
/** Broken for so many tries, the page says what else can be done. */
const TRIES_BEFORE_HELP = 4;

export class StageView {
  #part = "opening";
  /** How far the device's clock is from the service's, in milliseconds. */
  #offset = 0;
  /** @type {Stage["is"] | ""} */
  #before = "";
  /** @type {LineState} */
  #line = "opening";
  /** @type {Waiting | null} */
  #waiting = null;
  #callAt;
  #telephone;

  /** @param {DOMStringMap} settings of `#room` */
  constructor({ callAt, telephone = "" }) {
    this.#callAt = Number(callAt) || Infinity;
    this.#telephone = telephone;
    setInterval(() => this.#drawWaiting(), 1_000);
  }

  /**
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  tell(key, values) {
    say(byId("told"), key, { telephone: this.#telephone, ...values });
  }

  /** @param {string} now the service's clock */
  setClock(now) {
    this.#offset = Date.parse(now) - Date.now();
  }

  /**
   * @param {LineState} line
   * @param {number} tries
   */
  setLine(line, tries) {
    const was = this.#line;
    this.#line = line;
    byId("room").dataset.line = line;
    if (line === "broken") {
      this.tell(tries >= TRIES_BEFORE_HELP ? "line-lost" : "line-broken");
      byId("reload").hidden = tries < TRIES_BEFORE_HELP;
    } else if (line === "open" && was !== "open") {
      byId("reload").hidden = true;
      this.tell("line-open");
    }
    this.#drawWaiting();
  }

  /** @param {View} view */
  update({ stage, now }) {
    this.setClock(now);
    this.#waiting = stage.is === "waiting" ? stage : null;
    const part = stage.is === "admitted" ? "call" : stage.is.replace("_", "-");
    const before = this.#before;
    this.#before = stage.is;
    this.#show(part);
    if (stage.is === "admitted" && before !== "admitted") {
      this.tell("call-began");
    } else if (stage.is === "waiting" && before === "admitted") {
      this.tell("sent-back");
    }
    this.#drawWaiting();
  }

  /** @param {Closed} closed */
  close({ why }) {
    const known = TELLS.find((told) => told === why);
    say(byId("over-why"), known ? `closed-${known}` : "closed-other",
      { telephone: this.#telephone });
    byId("over-again").hidden = FINAL.includes(why);
    byId("told").replaceChildren();
    this.#show("over");
  }

  /** @param {string} part */
  #show(part) {
    const hadFocus = document.activeElement;
    byId("room").dataset.part = part;
    for (const id of PARTS) {
      const place = document.getElementById(id);
      if (place) {
        place.hidden = id !== part;
      }
    }
    if (part !== this.#part) {
      this.#part = part;
      const isWriting = hadFocus instanceof HTMLElement && hadFocus.isConnected
        && hadFocus.matches("input, select, button") && hadFocus.checkVisibility();
      // Who is in the middle of something elsewhere on the page stays there; the rest is told.
      if (!isWriting) {
        document.getElementById(`${part}-title`)?.focus();
      }
    }
  }

  #drawWaiting() {
    const waiting = this.#waiting;
    if (!waiting || this.#part !== "waiting") {
      return;
    }
    const since = clock(waiting.since);
    say(byId("waiting-since"), this.#line === "open" ? "waiting-since" : "waiting-broken",
      { since });
    say(byId("staff-here"), waiting.staff_here ? "staff-here" : "staff-not-here");
    byId("please-call").hidden = Date.now() + this.#offset < this.#callAt;
  }
}
