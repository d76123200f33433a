// @ts-check
/** Measurements of the line: through the session's own relay, and to the service and back. */

/** @import { IceServer } from "./types.js" */

const RELAY_WITHIN = 10_000;
const TIMES = 10;

/**
 * Two connections of this one page meet over the relay: what carries this carries the session.
 * @param {IceServer[]} iceServers
 * @returns {Promise<boolean>}
 */
export async function meetsOverRelay(iceServers) {
  /** @type {RTCConfiguration} */
  const configuration = { iceServers, iceTransportPolicy: "relay" };
  const [here, there] = [new RTCPeerConnection(configuration),
    new RTCPeerConnection(configuration)];
  try {
    exchange(here, there);
    exchange(there, here);
    const channel = here.createDataChannel("check");
    const opened = new Promise((resolve) => {
      channel.onopen = () => resolve(true);
      setTimeout(() => resolve(false), RELAY_WITHIN);
    });
    await here.setLocalDescription();
    await there.setRemoteDescription(must(here.localDescription));
    await there.setLocalDescription();
    await here.setRemoteDescription(must(there.localDescription));
    return Boolean(await opened);
  } finally {
    here.close();
    there.close();
  }
}

/**
 * @param {RTCPeerConnection} from
 * @param {RTCPeerConnection} to
 */
function exchange(from, to) {
  /** @type {RTCIceCandidate[]} */
  const early = [];
  from.onicecandidate = ({ candidate }) => {
    if (candidate && to.remoteDescription) {
      to.addIceCandidate(candidate).catch(() => undefined);
    } else if (candidate) {
      early.push(candidate);
    }
  };
  to.addEventListener("signalingstatechange", () => {
    if (to.remoteDescription) {
      early.splice(0).forEach((one) => to.addIceCandidate(one).catch(() => undefined));
    }
  });
}

/**
 * @template T
 * @param {T | null} value
 * @returns {T}
 */
function must(value) {
  if (value === null) {
    throw new Error("no description of this side");
  }
  return value;
}

/**
 * @param {string} address that answers at once
 * @returns {Promise<number>} the median time there and back, in milliseconds
 */
export async function latency(address) {
  /** @type {number[]} */
  const times = [];
  await fetch(address, { cache: "no-store" }); // Opens the line; that is not counted.
  for (let count = 0; count < TIMES; count += 1) {
    const since = performance.now();
    const answer = await fetch(address, { cache: "no-store" });
    await answer.text();
    times.push(performance.now() - since);
  }
  return Math.round(times.sort((a, b) => a - b)[TIMES / 2] ?? 0);
}

/**
 * @param {string} address of a file that browsers cannot shrink
 * @returns {Promise<number>} kilobits a second
 */
export async function speed(address) {
  const since = performance.now();
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`the file was not sent: ${answer.status}`);
  }
  const { byteLength } = await answer.arrayBuffer();
  // Bits in a millisecond are kilobits in a second.
  return Math.round((byteLength * 8) / (performance.now() - since));
}
