// @ts-check
/**
 * The media sections of a connection, made once, in this order: sound, camera, and from staff only
 * the screen.
 */

/** @import { Ice, PeerView } from "./types.js" */
/** @import { Step } from "./picture.js" */

/** @typedef {"sound" | "camera" | "screen"} Kind */
/** @typedef {Record<Kind, MediaStreamTrack | null>} Tracks */

export const KINDS = /** @type {const} */ (["sound", "camera", "screen"]);

/**
 * @param {Ice} ice
 * @returns {RTCPeerConnection} with a path already being looked for
 */
export function connection(ice) {
  return new RTCPeerConnection({
    iceServers: ice.servers,
    iceTransportPolicy: ice.relay_only ? "relay" : "all",
    iceCandidatePoolSize: 1,
    bundlePolicy: "max-bundle",
    rtcpMuxPolicy: "require",
  });
}

/**
 * The offering side's part.
 * @param {RTCPeerConnection} pc
 * @param {{ stream: MediaStream, step: Step, isStaff: boolean, other: PeerView }} of
 */
export function makeSections(pc, { stream, step, isStaff, other }) {
  const streams = [stream];
  pc.addTransceiver("audio", { direction: "sendrecv", streams });
  const sendEncodings = [{ ...step }];
  pc.addTransceiver("video", { direction: "sendrecv", streams, sendEncodings });
  if (isStaff) {
    const direction = other.role === "counsellor" ? "sendrecv" : "sendonly";
    pc.addTransceiver("video", { direction });
  }
}

/**
 * The answering side's part. The screen is shown by staff and by nobody else: any other section is
 * turned down.
 * @param {RTCPeerConnection} pc
 * @param {{ stream: MediaStream, isStaff: boolean, other: PeerView }} of
 */
export function takeSections(pc, { stream, isStaff, other }) {
  const screen = isStaff ? "sendrecv" : "recvonly";
  pc.getTransceivers().forEach((transceiver, index) => {
    const kind = KINDS[index];
    if (kind === "sound" || kind === "camera") {
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams?.(stream);
    } else {
      const isScreen = kind === "screen" && other.role === "counsellor";
      transceiver.direction = isScreen ? screen : "inactive";
    }
  });
}

/**
 * @param {RTCPeerConnection} pc
 * @param {Tracks | null} tracks nothing is sent without
 */
export function sendOver(pc, tracks) {
  pc.getTransceivers().forEach((transceiver, index) => {
    const kind = KINDS[index];
    const track = kind ? (tracks?.[kind] ?? null) : null;
    const sends = transceiver.direction === "sendrecv" || transceiver.direction === "sendonly";
    if (sends && transceiver.sender.track !== track) {
      transceiver.sender.replaceTrack(track).catch(() => undefined);
    }
  });
}

/**
 * @param {RTCPeerConnection} pc
 * @param {Step} step
 */
export async function limitCamera(pc, step) {
  const sender = pc.getTransceivers()[KINDS.indexOf("camera")]?.sender;
  const parameters = sender?.getParameters();
  const encoding = parameters?.encodings?.[0];
  if (sender && parameters && encoding) {
    Object.assign(encoding, step);
    await sender.setParameters(parameters).catch(() => undefined);
  }
}
