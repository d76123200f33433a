// @ts-check
/**
 * Keeps the board of the day fresh. Without this module the page works by reloading.
 *
 * It listens for changes, counts seconds down, and replaces the content of the page by the page
 * fetched again; never while somebody is typing, and with focus and opened details kept.
 */

/** Between two fetches of the page, in milliseconds. */
const AT_LEAST = 1500;
const SECOND = 1000;

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
/** What the server's clock showed, and what ours showed then. */
let clock = { server: Date.now(), local: performance.now() };
let isStale = false;
let isFetching = false;
let fetchedAt = -Infinity;

/** @returns {HTMLElement | null} */
function board() {
  return document.getElementById("board");
}

/** @returns {number} Unix milliseconds by the server's clock. */
function now() {
  return clock.server + (performance.now() - clock.local);
}

function readClock() {
  const server = Number(board()?.dataset.now);
  if (server) {
    clock = { server, local: performance.now() };
  }
}

/** @returns {boolean} Whether replacing the page would take something away from the clerk. */
function isInUse() {
  if (main.querySelector(".faults")) {
    return true;
  }
  const active = document.activeElement;
  if (active && main.contains(active) && active.matches("input, select, textarea")) {
    return true;
  }
  for (const field of main.querySelectorAll("input:not([type=hidden]), textarea")) {
    const text = /** @type {HTMLInputElement} */ (field);
    if (text.value !== text.defaultValue) {
      return true;
    }
  }
  for (const option of main.querySelectorAll("option")) {
    if (option.selected !== option.defaultSelected && option.defaultSelected) {
      return true;
    }
  }
  return false;
}

/** @param {Document} fresh */
function replace(fresh) {
  const next = fresh.getElementById("main");
  if (!next) {
    return;
  }
  const focused = main.contains(document.activeElement) ? document.activeElement?.id : "";
  const opened = [...main.querySelectorAll("details[open]")].map((it) => it.id);
  // What was just recorded is said in this page only; the page fetched again does not know it.
  const said = main.querySelector(":scope > [role=status]");
  main.replaceChildren(...next.childNodes);
  if (said) {
    board()?.before(said);
  }
  for (const id of opened) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  if (focused) {
    const same = document.getElementById(focused);
    // A button may be gone because it was pressed elsewhere: stay with its session.
    const row = document.getElementById(`s${focused.match(/\d+/)?.[0]}`);
    (same ?? row?.querySelector("a"))?.focus({ preventScroll: true });
  }
  readClock();
  count();
}

async function refresh() {
  const address = board()?.dataset.address;
  if (!address || isFetching || isInUse() || performance.now() - fetchedAt < AT_LEAST) {
    isStale = true;
    return;
  }
  isStale = false;
  isFetching = true;
  fetchedAt = performance.now();
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (answer.redirected) {
      location.assign(answer.url);
    } else if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (isInUse()) {
        isStale = true;
      } else {
        replace(fresh);
      }
    }
  } catch {
    isStale = true;
  } finally {
    isFetching = false;
  }
}

/** Counts down; what has run out is asked for again. */
function count() {
  for (const element of main.querySelectorAll("[data-until]")) {
    const shown = /** @type {HTMLElement} */ (element);
    const left = Math.ceil((Number(shown.dataset.until) - now()) / SECOND);
    if (left <= 0) {
      delete shown.dataset.until;
      isStale = true;
    } else if (shown.dataset.left) {
      const text = shown.dataset.left.replace("%m", String(Math.floor(left / 60)));
      shown.textContent = text.replace("%s", String(left % 60));
    }
  }
}

/** @param {string} address */
function listen(address) {
  const events = new EventSource(address);
  /** @param {boolean} isOff */
  const tell = (isOff) => {
    const note = main.querySelector(".live-off");
    note?.toggleAttribute("hidden", !isOff);
  };
  events.addEventListener("changed", refresh);
  events.addEventListener("tick", refresh);
  events.addEventListener("open", () => {
    tell(false);
    isStale = true;
  });
  events.addEventListener("error", () => tell(events.readyState === EventSource.CLOSED));
}

readClock();
count();
setInterval(() => {
  count();
  if (isStale) {
    refresh();
  }
}, SECOND);
if (board()?.dataset.events) {
  listen(/** @type {string} */ (board()?.dataset.events));
}
