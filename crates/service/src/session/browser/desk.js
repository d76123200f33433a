// @ts-check
/** What staff do in the room: let in, send back, put out, go on elsewhere, end. */

import { draw } from "./list.js";
import { button, byId, clock, element, say, words } from "./words.js";

/** @import { Away, Channel, Desk, PeerView, Person, Send, View } from "./types.js" */
/** @import { Row } from "./list.js" */

export class DeskPanel {
  #send;
  #tell;
  /** @type {Set<string>} */
  #told = new Set();
  #title = document.title;

  /**
   * @param {Send} send
   * @param {(key: string, values?: Record<string, string>) => void} tell
   */
  constructor(send, tell) {
    this.#send = send;
    this.#tell = tell;
    for (const control of document.querySelectorAll("[data-move]")) {
      const channel = /** @type {Channel} */ (/** @type {HTMLElement} */ (control).dataset.move);
      control.addEventListener("click", () => this.#order({ type: "move_to", channel }));
    }
    byId("allow-chat").addEventListener("click", () => {
      const allowed = byId("allow-chat").dataset.on !== "true";
      this.#order({ type: "allow_chat", allowed });
    });
    this.#ending();
  }

  /** @param {View} view */
  update({ stage, desk }) {
    if (!desk) {
      return;
    }
    draw(byId("waiting-list"), desk.waiting.map((person) => this.#waiting(person)));
    byId("nobody-waits").hidden = desk.waiting.length > 0;
    draw(byId("second-uses"), desk.second_uses.map((person) => this.#secondUse(person)));
    draw(byId("in-call"), stage.is === "admitted" ? stage.peers.map((p) => this.#inCall(p)) : []);
    draw(byId("away"), desk.away.map((person) => this.#away(person)));
    byId("allow-chat").hidden = !desk.chat_by_permission;
    byId("allow-chat").dataset.on = String(desk.chat_allowed);
    say(byId("allow-chat"), desk.chat_allowed ? "chat-forbid" : "chat-allow");
    this.#announce(desk);
  }

  /** @param {Parameters<Send>[0]} message */
  #order(message) {
    if (!this.#send(message)) {
      this.#tell("not-sent");
    }
  }

  /**
   * Says it once for each who comes, and on the tab, which may be behind another window.
   * @param {Desk} desk
   */
  #announce({ waiting, second_uses }) {
    const came = [
      ...waiting.map((person) => news("somebody-waits", person)),
      ...second_uses.map((person) => news("second-use-came", person)),
    ];
    for (const { key, name } of came.filter(({ id }) => !this.#told.has(id))) {
      this.#tell(key, { name });
    }
    if (came.length === 0 && this.#told.size > 0) {
      this.#tell("");
    }
    this.#told = new Set(came.map(({ id }) => id));
    const count = came.length;
    document.title = count > 0 ? `(${count}) ${this.#title}` : this.#title;
  }

  /**
   * @param {Person} person
   * @returns {Row}
   */
  #waiting(person) {
    return this.#row(person, "since", clock(person.since), () => [
      button("admit", () => this.#order({ type: "admit", seat: person.seat }), "button small"),
      button("remove", () => this.#order({ type: "remove", seat: person.seat })),
    ]);
  }

  /**
   * @param {Person} person
   * @returns {Row}
   */
  #secondUse(person) {
    return this.#row(person, "second-use", clock(person.since), () => [
      button("take-over", () => this.#order({ type: "take_over", seat: person.seat })),
      button("remove", () => this.#order({ type: "remove", seat: person.seat })),
    ]);
  }

  /**
   * @param {PeerView} peer
   * @returns {Row}
   */
  #inCall(peer) {
    const { seat, role } = peer;
    return this.#row(peer, "in-call", "", () => role === "counsellor" ? [] : [
      button("send-back", () => this.#order({ type: "send_back", seat })),
      button("remove", () => this.#order({ type: "remove", seat })),
    ]);
  }

  /**
   * @param {Away} person
   * @returns {Row}
   */
  #away(person) {
    const { seat, how, at } = person;
    return this.#row(person, `away-${how}`, clock(at), () => how !== "removed" ? [] : [
      button("admit-again", () => this.#order({ type: "admit", seat })),
    ]);
  }

  /**
   * @param {{ seat: number, name: string, role: string }} person
   * @param {string} key
   * @param {string} time
   * @param {() => HTMLButtonElement[]} buttons
   * @returns {Row}
   */
  #row(person, key, time, buttons) {
    const build = () => {
      const name = element("b", "", person.name);
      const role = element("span", "chip", words(`role-${person.role}`));
      const about = element("p", "", name, " ", role, " ", words(key, { time }));
      const made = buttons();
      // Several buttons of one name: each says whom it is for.
      made.forEach((one) => one.setAttribute("aria-label", `${one.textContent} ${person.name}`));
      return element("li", "", about, element("div", "tools", ...made));
    };
    const look = [key, time, person.name, person.role].join("|");
    return { key: String(person.seat), look, build };
  }

  /** Ending for all cannot be undone: it is asked once more. */
  #ending() {
    const [ask, sure] = [byId("end"), byId("end-sure")];
    const show = (/** @type {boolean} */ isAsking) => {
      ask.hidden = isAsking;
      sure.hidden = !isAsking;
      (isAsking ? byId("end-not") : ask).focus();
    };
    ask.addEventListener("click", () => show(true));
    byId("end-not").addEventListener("click", () => show(false));
    sure.addEventListener("keydown", ({ key }) => key === "Escape" && show(false));
    byId("end-do").addEventListener("click", () => this.#order({ type: "end_for_all" }));
  }
}

/**
 * A second use has the seat of whom the link belongs to: the seat alone does not tell them apart.
 * @param {string} key
 * @param {Person} person
 */
function news(key, { seat, name }) {
  return { id: `${key} ${seat}`, key, name };
}
