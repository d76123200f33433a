// @ts-check
/**
 * The messages of the room as they stand on the wire (`rules::session::room`), and what the modules
 * of this folder hand to each other. Types only.
 */

/** @typedef {"jobseeker" | "counsellor" | "companion" | "interpreter" | "supporter"} Role */
/** @typedef {"room" | "by_hand" | "telephone"} Channel */
/** @typedef {{ camera: boolean, microphone: boolean, screen: boolean }} MediaState */

/** @typedef {{ camera: boolean, captions: boolean, chat: boolean, screen: boolean }} May */

/**
 * @typedef {object} You
 * @property {string} connection this socket; another one after each reconnection
 * @property {number} seat
 * @property {Role} role
 * @property {string} name
 * @property {May} may what the office designates
 */

/**
 * @typedef {object} PeerView
 * @property {string} connection
 * @property {number} seat
 * @property {Role} role
 * @property {string} name
 * @property {boolean} you_offer
 * @property {MediaState} media
 */

/** @typedef {{ is: "in_use", since: string }} InUse */
/** @typedef {{ is: "waiting", since: string, staff_here: boolean }} Waiting */
/** @typedef {{ is: "admitted", since: string, chat: boolean, peers: PeerView[] }} Admitted */
/** @typedef {{ is: "moved", channel: Channel, since: string }} Moved */
/** @typedef {InUse | Waiting | Admitted | Moved} Stage */

/** @typedef {{ seat: number, role: Role, name: string, since: string }} Person */

/**
 * @typedef {object} Away
 * @property {number} seat
 * @property {Role} role
 * @property {string} name
 * @property {boolean} admitted
 * @property {string} at
 * @property {"left" | "lost" | "removed"} how
 */

/**
 * @typedef {object} Desk
 * @property {Person[]} waiting
 * @property {Person[]} second_uses
 * @property {Away[]} away
 * @property {boolean} chat_allowed
 * @property {boolean} chat_by_permission
 */

/** @typedef {{ you: You, stage: Stage, desk: Desk | null, now: string }} View */

/** @typedef {{ kind: "offer" | "answer", sdp: string }} Description */

/**
 * @typedef {object} Candidate
 * @property {string} candidate empty for "no more"
 * @property {string | null} sdp_mid
 * @property {number | null} sdp_m_line_index
 */

/** @typedef {{ urls: string[], username: string, credential: string }} IceServer */
/** @typedef {{ servers: IceServer[], relay_only: boolean }} Ice */
/** @typedef {{ from: string, name: string, text: string }} Said */
/** @typedef {{ why: string, reconnect: boolean }} Closed */

/**
 * What the service says.
 * @typedef {(
 *   | ({ type: "state" } & View)
 *   | ({ type: "ice" } & Ice)
 *   | { type: "pong", n: number, at: string }
 *   | ({ type: "description", from: string } & Description)
 *   | ({ type: "candidate", from: string } & Candidate)
 *   | { type: "restart_ice", from: string }
 *   | ({ type: "chat" } & Said)
 *   | ({ type: "caption" } & Said)
 *   | { type: "refused", why: string }
 *   | ({ type: "closed" } & Closed)
 * )} ToBrowser
 */

/**
 * How the connection has been since the last report (`rules::session::Report`).
 * @typedef {object} Report
 * @property {number} audio_seconds
 * @property {number} video_seconds
 * @property {number | null} round_trip_ms
 * @property {number | null} lost_permille
 * @property {"relay" | "direct" | null} route
 * @property {number} restarts
 */

/**
 * What a browser may say. It names nobody but the one it writes to.
 * @typedef {(
 *   | { type: "ping", n: number }
 *   | ({ type: "description", to: string } & Description)
 *   | ({ type: "candidate", to: string } & Candidate)
 *   | { type: "restart_ice", to: string }
 *   | { type: "chat" | "caption", text: string }
 *   | ({ type: "media" } & MediaState)
 *   | ({ type: "quality" } & Report)
 *   | { type: "leave" | "end_for_all" }
 *   | { type: "admit" | "send_back" | "remove" | "take_over", seat: number }
 *   | { type: "allow_chat", allowed: boolean }
 *   | { type: "move_to", channel: Channel }
 * )} FromBrowser
 */

/** @typedef {(message: FromBrowser) => boolean} Send false when the line is down */

/** Why a device cannot be used; each has its own help. */
/** @typedef {"insecure" | "denied" | "none" | "busy" | "failed"} Fault */

/** @typedef {"good" | "fair" | "poor"} Level */

/**
 * Where a connection to one peer stands.
 * @typedef {"connecting" | "connected" | "interrupted" | "lost"} Link
 */

export {};
