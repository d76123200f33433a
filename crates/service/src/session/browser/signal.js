// @ts-check
/**
 * The line to the service: one WebSocket that comes back by itself. Who this browser is, the
 * service knows from the cookie; nothing is said on opening.
 */

/** @import { Closed, FromBrowser, ToBrowser } from "./types.js" */

const PING_EVERY = 5_000;
/** The service answers each ping: after this long nothing, the line is dead, whatever TCP says. */
const DEAD_AFTER = 12_000;
/** An opening that takes longer is given up: on a changed network the old route swallows it. */
const OPENS_WITHIN = 6_000;
const WAITS = [0, 500, 1_000, 2_000, 4_000, 5_000];

/** @typedef {"opening" | "open" | "broken" | "closed"} LineState */
/** @typedef {"shut" | "signed_out"} Refused as in `rules::session::room::Closing` */

/**
 * @typedef {object} Listener
 * @property {(message: ToBrowser) => unknown} heard may answer with a promise: the next message
 *   waits for it
 * @property {(state: LineState, tries: number) => void} line
 * @property {(why: Refused) => void} refused after which nothing is tried any more
 */

export class Signal {
  /** @type {WebSocket | null} */
  #socket = null;
  #tries = 0;
  #pings = 0;
  #heardAt = 0;
  #openedAt = 0;
  #isOver = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** Messages are handled strictly one after another: descriptions and candidates build on it. */
  #queue = Promise.resolve();
  #address;
  #listener;

  /**
   * @param {string} address of this origin, as `/join/room/socket`
   * @param {Listener} listener
   */
  constructor(address, listener) {
    const url = new URL(address, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    this.#address = url.href;
    this.#listener = listener;
    setInterval(() => this.#beat(), PING_EVERY);
    addEventListener("online", () => this.#hurry());
    addEventListener("pageshow", () => this.#hurry());
    document.addEventListener("visibilitychange", () => this.#hurry());
    this.#open();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * @param {FromBrowser} message
   * @returns {boolean} false when the line is down; nothing is kept for later, since the service
   *   sends the whole state afresh and what was meant for an old one would be wrong
   */
  send(message) {
    if (!this.#socket || !this.isOpen) {
      return false;
    }
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Ends it for good. */
  close() {
    this.#isOver = true;
    clearTimeout(this.#again);
    this.#drop();
    this.#listener.line("closed", this.#tries);
  }

  #open() {
    clearTimeout(this.#again);
    this.#drop();
    this.#listener.line("opening", this.#tries);
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#openedAt = performance.now();
    setTimeout(() => {
      if (socket === this.#socket && socket.readyState === WebSocket.CONNECTING) {
        this.#broken();
      }
    }, OPENS_WITHIN);
    socket.onopen = () => {
      this.#heardAt = performance.now();
      this.#listener.line("open", 0);
    };
    socket.onmessage = (event) => this.#take(socket, String(event.data));
    socket.onclose = () => {
      if (socket === this.#socket) {
        this.#broken();
      }
    };
  }

  /**
   * @param {WebSocket} socket
   * @param {string} text
   */
  #take(socket, text) {
    this.#heardAt = performance.now();
    // Not on opening: a service that accepts and closes at once would be asked without a pause.
    this.#tries = 0;
    const message = /** @type {ToBrowser} */ (JSON.parse(text));
    if (message.type === "closed") {
      this.#closing(message);
    }
    this.#queue = this.#queue.then(async () => {
      if (socket === this.#socket || message.type === "closed") {
        await this.#listener.heard(message);
      }
    }).catch((error) => console.error(message.type, error));
  }

  /** @param {Closed} closed */
  #closing(closed) {
    if (!closed.reconnect) {
      this.#isOver = true;
      this.#listener.line("closed", this.#tries);
    }
  }

  #broken() {
    this.#drop();
    if (this.#isOver) {
      return;
    }
    if (this.#heardAt < this.#openedAt) {
      this.#askWhy();
    }
    this.#listener.line("broken", this.#tries);
    const wait = WAITS[Math.min(this.#tries, WAITS.length - 1)] ?? 0;
    this.#tries += 1;
    // After an outage all pages come back; not all of them in the same instant.
    this.#again = setTimeout(() => this.#open(), wait * (0.5 + Math.random()));
  }

  /**
   * A browser does not tell its page why a socket was refused: a door that was shut while the line
   * was broken looks like a network that is gone. To a plain question the same address says which.
   */
  async #askWhy() {
    const address = this.#address.replace(/^ws/, "http");
    const signal = AbortSignal.timeout(OPENS_WITHIN);
    const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal })
      .catch(() => null);
    const why = answer && refusalOf(answer);
    if (why && !this.#isOver && !this.isOpen) {
      this.close();
      this.#listener.refused(why);
    }
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #beat() {
    const silence = performance.now() - Math.max(this.#heardAt, this.#openedAt);
    if (this.isOpen && silence > DEAD_AFTER) {
      this.#broken();
    } else if (this.isOpen) {
      this.#pings += 1;
      this.send({ type: "ping", n: this.#pings });
    }
  }

  /** The network or the page is back: do not sit out the wait. */
  #hurry() {
    if (this.#isOver || document.visibilityState === "hidden") {
      return;
    }
    if (this.isOpen) {
      this.#beat();
    } else if (!this.#socket) {
      this.#open();
    }
  }
}

/**
 * @param {Response} answer to a plain question at the address of a socket
 * @returns {Refused | null} null when it may open later
 */
function refusalOf({ status, type }) {
  if (status === 409) {
    return "shut";
  }
  // Guests whose visit is over are told so; staff are sent to sign in.
  return status === 410 || type === "opaqueredirect" ? "signed_out" : null;
}
