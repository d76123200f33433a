// @ts-check
/** A list that is drawn again on each state, without taking focus from who uses it. */

/**
 * @typedef {object} Row
 * @property {string} key of whom it tells
 * @property {string} look what it shows; the row stays as it is while this does
 * @property {() => HTMLElement} build
 */

/**
 * @param {HTMLElement} place
 * @param {Row[]} rows
 */
export function draw(place, rows) {
  const present = new Map(children(place).map((child) => [child.dataset.key ?? "", child]));
  const wanted = rows.map((row) => {
    const child = present.get(row.key);
    return child?.dataset.look === row.look ? child : renewed(row, child);
  });
  const gone = children(place).filter((child) => !wanted.includes(child));
  const hadFocus = gone.some((child) => child.contains(document.activeElement));
  gone.forEach((child) => child.remove());
  wanted.forEach((child, index) => {
    if (place.children[index] !== child) {
      place.insertBefore(child, place.children[index] ?? null);
    }
  });
  if (hadFocus) {
    // Not back to the top of the page: the next one may be waiting here.
    (place.querySelector("button") ?? place.parentElement?.querySelector("h2"))?.focus();
  }
}

/**
 * @param {Row} row
 * @param {HTMLElement | undefined} old
 * @returns {HTMLElement}
 */
function renewed(row, old) {
  const made = row.build();
  made.dataset.key = row.key;
  made.dataset.look = row.look;
  if (old) {
    const focused = [...old.querySelectorAll("button")].indexOf(
      /** @type {HTMLButtonElement} */ (document.activeElement));
    old.replaceWith(made);
    if (focused >= 0) {
      const buttons = made.querySelectorAll("button");
      (buttons[focused] ?? buttons[0])?.focus();
    }
  }
  return made;
}

/**
 * @param {HTMLElement} place
 * @returns {HTMLElement[]}
 */
function children(place) {
  return /** @type {HTMLElement[]} */ ([...place.children]);
}
