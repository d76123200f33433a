// @ts-check
/** What is written: messages, and live text of what is being said. Shown, and kept nowhere. */

import { byId, element, say, words } from "./words.js";

/** @import { Said, Send, View } from "./types.js" */

const CAPTION_LINES = 3;
/** Older lines are let go: a page that is open for an hour stays quick. */
const CHAT_LINES = 200;

export class Talk {
  #own = "";
  #chat = byId("chat");
  #log = byId("chat-log");
  #chatForm = /** @type {HTMLFormElement} */ (byId("chat-form"));
  #captions = byId("captions");
  #captionForm = /** @type {HTMLFormElement} */ (byId("caption-form"));

  /**
   * @param {Send} send
   * @param {(key: string) => void} tell
   */
  constructor(send, tell) {
    writing(this.#chatForm, (text) => send({ type: "chat", text }), tell);
    writing(this.#captionForm, (text) => send({ type: "caption", text }), tell);
  }

  /** @param {View} view */
  update({ you, stage }) {
    const isIn = stage.is === "admitted";
    this.#own = you.connection;
    this.#chat.hidden = !isIn;
    this.#captionForm.hidden = !(isIn && you.may.captions);
    const mayChat = isIn && stage.chat;
    this.#chatForm.hidden = !mayChat;
    // Staff can permit only what the office designates for this side.
    const why = you.may.chat === false ? "chat-not-designated" : "chat-closed";
    say(byId("chat-note"), mayChat ? "chat-unstored" : why);
    if (!isIn) {
      // What was said in the call is not left on a screen in the waiting room.
      this.#log.replaceChildren();
      this.#captions.replaceChildren();
    }
  }

  /** @param {Said} said */
  chat(said) {
    const isOwn = said.from === this.#own;
    const name = isOwn ? words("chat-own") : said.name;
    const line = element("div", isOwn ? "own" : "", element("b", "", name), element("p", "",
      said.text));
    this.#log.append(line);
    keep(this.#log, CHAT_LINES);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** @param {Said} said */
  caption(said) {
    this.#captions.append(element("p", "", element("b", "", said.name), said.text));
    keep(this.#captions, CAPTION_LINES);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {(text: string) => boolean} send
 * @param {(key: string) => void} tell
 */
function writing(form, send, tell) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("text"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) {
      return;
    }
    if (send(text)) {
      field.value = "";
    } else {
      tell("not-sent");
    }
  });
}

/**
 * @param {Element} place
 * @param {number} count
 */
function keep(place, count) {
  while (place.children.length > count) {
    place.firstElementChild?.remove();
  }
}
