// @ts-check
/**
 * The connection to one other browser. Of each two exactly one offers; only that one starts afresh.
 *
 * The media sections are made once, in this order: sound, camera, and (from staff only) the screen.
 * What changes later changes by `replaceTrack`, without another understanding between the two.
 */

/** @import { Candidate, Description, Ice, Link, PeerView, Send } from "./types.js" */
/** @import { Step } from "./picture.js" */

const SOUND = 0;
const CAMERA = 1;
const SCREEN = 2;
/** A broken path mostly heals or fails within this; waiting longer is felt as a cut-off. */
const RECOVERS_AFTER = 1_000;
const RETRIES_AFTER = 4_000;
const RESTARTS_BEFORE_REBUILD = 2;
/** Then the telephone is shown, while trying goes on. */
const TRIES_BEFORE_LOST = 3;
/** Two asks within this are one. */
const RESTARTS_APART = 1_500;

/** @typedef {{ sound: MediaStreamTrack | null, camera: MediaStreamTrack | null,
 *   screen: MediaStreamTrack | null }} Tracks */
/** @typedef {"sound" | "camera" | "screen"} Kind */
const KINDS = /** @type {const} */ (["sound", "camera", "screen"]);

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
 * @typedef {object} Surroundings
 * @property {boolean} isStaff whether this side is
 * @property {() => Ice} ice
 * @property {() => RTCPeerConnection} take a connection, prepared or new
 * @property {Send} send
 * @property {() => Tracks} tracks what this side has to send
 * @property {() => Step} step how much the picture may take
 * @property {(peer: Peer, kind: Kind, track: MediaStreamTrack) => void} received
 * @property {(peer: Peer) => void} changed
 */

export class Peer {
  /** @type {RTCPeerConnection} */
  pc;
  /** @type {Link} */
  link = "connecting";
  restarts = 0;
  #tries = 0;
  #restartedAt = -Infinity;
  /** The other side's connection, so that a rebuilt one is told from a fresh start. */
  #theirs = "";
  /** @type {Candidate[]} */
  #held = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #recovery;
  #isClosed = false;
  #stream = new MediaStream();
  #work = Promise.resolve();
  #around;

  /**
   * @param {PeerView} view
   * @param {Surroundings} around
   */
  constructor(view, around) {
    this.view = view;
    this.#around = around;
    this.pc = this.#build();
    if (view.you_offer) {
      this.#run(() => this.#offer());
    }
  }

  /** @param {Description} description */
  take({ kind, sdp }) {
    return this.#run(async () => {
      const session = /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
      if (kind === "offer" && this.#theirs && session !== this.#theirs) {
        this.pc = this.#build();
      }
      const expected = kind === "offer" ? "stable" : "have-local-offer";
      if (this.pc.signalingState !== expected) {
        return; // An answer to an offer that was given up.
      }
      this.#theirs = session;
      await this.pc.setRemoteDescription({ type: kind, sdp });
      if (kind === "offer") {
        await this.#answer();
      }
      const held = this.#held.splice(0);
      await Promise.all(held.map((candidate) => this.#add(candidate)));
    });
  }

  /** @param {Candidate} candidate */
  candidate(candidate) {
    return this.#run(async () => {
      if (this.pc.remoteDescription) {
        await this.#add(candidate);
      } else {
        this.#held.push(candidate);
      }
    });
  }

  /** The other side asks for a fresh start; only the side that offers makes one. */
  restartAsked() {
    if (this.view.you_offer && performance.now() - this.#restartedAt > RESTARTS_APART) {
      this.#recover();
    }
  }

  /** Credentials were renewed. */
  renew() {
    const { servers, relay_only } = this.#around.ice();
    const iceTransportPolicy = relay_only ? "relay" : "all";
    this.pc.setConfiguration({ ...this.pc.getConfiguration(), iceServers: servers,
      iceTransportPolicy });
  }

  /**
   * Sends what there is to send, or nothing while the other side is not known to be there: nobody
   * goes on speaking to people that they neither see nor hear. At the very start the transport
   * itself sends nothing before the other side has proved who it is; the pictures that wait for
   * that come a fifth sooner.
   */
  sendTracks() {
    const tracks = this.#around.tracks();
    const isThere = this.link === "connected" || this.link === "connecting";
    this.pc.getTransceivers().forEach((transceiver, index) => {
      const kind = KINDS[index];
      const track = isThere && kind ? tracks[kind] : null;
      const sends = transceiver.direction === "sendrecv" || transceiver.direction === "sendonly";
      if (sends && transceiver.sender.track !== track) {
        transceiver.sender.replaceTrack(track).catch(() => undefined);
      }
    });
  }

  /** Fits the picture to the line. */
  async limit() {
    const sender = this.pc.getTransceivers()[CAMERA]?.sender;
    const parameters = sender?.getParameters();
    const encoding = parameters?.encodings?.[0];
    if (sender && parameters && encoding) {
      Object.assign(encoding, this.#around.step());
      await sender.setParameters(parameters).catch(() => undefined);
    }
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#recovery);
    this.#leave(this.pc);
  }

  /** @param {RTCPeerConnection} pc */
  #leave(pc) {
    pc.onicecandidate = pc.ontrack = pc.onconnectionstatechange = null;
    pc.close();
  }

  /**
   * One thing after another, also where a timer and a message meet.
   * @param {() => Promise<void>} task
   */
  #run(task) {
    this.#work = this.#work.then(() => (this.#isClosed ? undefined : task())).catch((error) => {
      console.warn("peer", error);
      this.#await(RETRIES_AFTER);
    });
    return this.#work;
  }

  /** @returns {RTCPeerConnection} */
  #build() {
    if (this.pc) {
      this.#leave(this.pc);
    }
    const pc = this.#around.take();
    this.#theirs = "";
    this.#held = [];
    pc.onicecandidate = ({ candidate }) => this.#found(candidate);
    pc.ontrack = ({ transceiver, track }) => {
      const kind = KINDS[pc.getTransceivers().indexOf(transceiver)];
      if (kind) {
        this.#around.received(this, kind, track);
      }
    };
    pc.onconnectionstatechange = () => this.#stateChanged(pc);
    if (this.view.you_offer) {
      this.#makeSections(pc);
    }
    this.#await(RETRIES_AFTER + RECOVERS_AFTER);
    return pc;
  }

  /** @param {RTCPeerConnection} pc */
  #makeSections(pc) {
    const streams = [this.#stream];
    pc.addTransceiver("audio", { direction: "sendrecv", streams });
    const sendEncodings = [{ ...this.#around.step() }];
    pc.addTransceiver("video", { direction: "sendrecv", streams, sendEncodings });
    if (this.#around.isStaff) {
      const direction = this.view.role === "counsellor" ? "sendrecv" : "sendonly";
      pc.addTransceiver("video", { direction });
    }
  }

  async #offer() {
    this.sendTracks();
    await this.pc.setLocalDescription();
    this.#tell("offer");
  }

  async #answer() {
    this.pc.getTransceivers().forEach((transceiver, index) => {
      transceiver.direction = this.#directionOf(index);
      if (index < SCREEN) {
        transceiver.sender.setStreams?.(this.#stream);
      }
    });
    this.sendTracks();
    await this.pc.setLocalDescription();
    this.#tell("answer");
    await this.limit();
  }

  /**
   * @param {number} index
   * @returns {RTCRtpTransceiverDirection}
   */
  #directionOf(index) {
    if (index === SOUND || index === CAMERA) {
      return "sendrecv";
    }
    if (index !== SCREEN || this.view.role !== "counsellor") {
      return "inactive"; // The screen is shown by staff and by nobody else.
    }
    return this.#around.isStaff ? "sendrecv" : "recvonly";
  }

  /** @param {"offer" | "answer"} kind */
  #tell(kind) {
    const sdp = this.pc.localDescription?.sdp;
    if (sdp) {
      this.#around.send({ type: "description", to: this.view.connection, kind, sdp });
    }
  }

  /** @param {RTCIceCandidate | null} found */
  #found(found) {
    this.#around.send({
      type: "candidate",
      to: this.view.connection,
      candidate: found?.candidate ?? "",
      sdp_mid: found?.sdpMid ?? "0",
      sdp_m_line_index: found?.sdpMLineIndex ?? 0,
    });
  }

  /** @param {Candidate} candidate */
  async #add({ candidate, sdp_mid, sdp_m_line_index }) {
    const init = { candidate, sdpMid: sdp_mid, sdpMLineIndex: sdp_m_line_index };
    // One of a connection that was given up since is no fault.
    await this.pc.addIceCandidate(init).catch(() => undefined);
  }

  /** @param {RTCPeerConnection} pc */
  #stateChanged(pc) {
    if (pc !== this.pc) {
      return;
    }
    if (pc.connectionState === "connected") {
      clearTimeout(this.#recovery);
      this.#tries = 0;
      this.#become("connected");
    } else if (pc.connectionState === "disconnected") {
      this.#become("interrupted");
      this.#await(RECOVERS_AFTER);
    } else if (pc.connectionState === "failed") {
      this.#become("interrupted");
      this.#recover();
    }
  }

  /** @param {Link} link */
  #become(link) {
    this.link = this.#tries > TRIES_BEFORE_LOST && link !== "connected" ? "lost" : link;
    this.sendTracks();
    this.#around.changed(this);
  }

  /** @param {number} wait */
  #await(wait) {
    clearTimeout(this.#recovery);
    this.#recovery = setTimeout(() => {
      if (this.pc.connectionState === "connected") {
        this.#tries = 0; // A fresh start that never broke the connection tells of no change.
      } else {
        this.#recover();
      }
    }, wait);
  }

  #recover() {
    if (this.#isClosed) {
      return;
    }
    this.#tries += 1;
    this.restarts += 1;
    this.#restartedAt = performance.now();
    if (this.link !== "connected") {
      this.#become(this.link);
    }
    this.#await(RETRIES_AFTER);
    if (!this.view.you_offer) {
      this.#around.send({ type: "restart_ice", to: this.view.connection });
      return;
    }
    this.#run(async () => {
      const isUnanswered = this.pc.signalingState !== "stable";
      if (isUnanswered || this.#tries > RESTARTS_BEFORE_REBUILD) {
        this.pc = this.#build();
      } else {
        this.pc.restartIce();
      }
      await this.#offer();
    });
  }
}
