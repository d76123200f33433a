// @ts-check
/**
 * Wording comes from the page, in the reader's language and with its ruby: a template of elements
 * with `data-word`. Values stand in it as `%name`.
 */

/** @typedef {Record<string, string>} Values */

/**
 * @param {string} key
 * @returns {DocumentFragment}
 */
function find(key) {
  for (const words of document.querySelectorAll("template.words")) {
    const content = /** @type {HTMLTemplateElement} */ (words).content;
    const found = content.querySelector(`[data-word="${key}"]`);
    if (found) {
      const copy = document.createDocumentFragment();
      copy.append(...[...found.childNodes].map((node) => node.cloneNode(true)));
      return copy;
    }
  }
  console.error("no such word", key);
  const missing = document.createDocumentFragment();
  missing.append(key);
  return missing;
}

/**
 * @param {string} key
 * @param {Values} [values]
 * @returns {DocumentFragment} with ruby where the language has it
 */
export function words(key, values = {}) {
  const copy = find(key);
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue ?? "";
    // Replaced in text only: a value never becomes markup.
    const filled = text.replace(/%([a-z]+)/g, (whole, name) => values[name] ?? whole);
    if (filled !== text) {
      node.nodeValue = filled;
    }
  }
  return copy;
}

/**
 * @param {string} key
 * @param {Values} [values]
 * @returns {string} without ruby: for labels
 */
export function plain(key, values) {
  const copy = words(key, values);
  copy.querySelectorAll("rt, rp").forEach((reading) => reading.remove());
  return copy.textContent ?? "";
}

/**
 * Shows a message, and touches nothing when it is shown already: what is live is not read twice.
 * @param {Element} place
 * @param {string} key empty for nothing
 * @param {Values} [values]
 */
export function say(place, key, values = {}) {
  const said = key && `${key} ${JSON.stringify(values)}`;
  if (place.getAttribute("data-said") !== said) {
    place.setAttribute("data-said", said);
    place.replaceChildren(...(key ? [words(key, values)] : []));
  }
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no #${id}`);
  }
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} className
 * @param {(Node | string)[]} content
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, className = "", ...content) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}

/**
 * @param {string} key
 * @param {() => void} act
 * @param {string} [className]
 * @returns {HTMLButtonElement}
 */
export function button(key, act, className = "button small second") {
  const made = element("button", className, words(key));
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const CLOCK = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  hour: "numeric",
  minute: "2-digit",
  hourCycle: "h23",
});

/**
 * @param {string} instant as the service writes it
 * @returns {string} the time of day in Tokyo, whatever the device's zone: 10:02
 */
export function clock(instant) {
  return CLOCK.format(new Date(instant));
}
