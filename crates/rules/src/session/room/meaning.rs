//! What a message of a browser amounts to, once its contents are within bounds.

use super::{By, ConnectionId, DescriptionKind, FromBrowser, Media, Order, Refusal, What};
use crate::people::{FreeText, TextRefusal};
use crate::session::Report;

/// The longest description, in bytes. One of four browsers with every codec has about a tenth.
pub const LONGEST_SDP: usize = 64 * 1024;

/// The longest candidate, in bytes; ordinary ones have two hundred.
pub const LONGEST_CANDIDATE: usize = 2 * 1024;

/// The longest written word, in characters: a screenful, not a document.
pub const LONGEST_SAID: usize = 1_000;

/// The longest name of a media section, in bytes; browsers count from 0.
const LONGEST_MID: usize = 32;

/// What the service does with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Answer it, whoever asks.
    Ping {
        /// The number to be given back.
        n: u32,
    },
    /// Step the room, in one unit of work.
    Step(What),
    /// Ask [`super::Room::relay`], and pass it on.
    Pass(Passing),
    /// Add it to the session's quality, if who sends it has been let in.
    Quality(Report),
}

/// What passes through and is not stored. Only [`FromBrowser::meaning`] makes one, so that its
/// contents are within bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passing {
    /// See [`FromBrowser::Description`].
    Description {
        /// Whom for.
        to: ConnectionId,
        /// Offer or answer.
        kind: DescriptionKind,
        /// The description.
        sdp: String,
    },
    /// See [`FromBrowser::Candidate`].
    Candidate {
        /// Whom for.
        to: ConnectionId,
        /// The candidate.
        candidate: String,
        /// The media section it belongs to.
        sdp_mid: Option<String>,
        /// The same by its place.
        sdp_m_line_index: Option<u16>,
    },
    /// See [`FromBrowser::RestartIce`].
    RestartIce {
        /// Whom.
        to: ConnectionId,
    },
    /// See [`FromBrowser::Chat`].
    Chat(FreeText),
    /// See [`FromBrowser::Caption`].
    Caption(FreeText),
}

impl FromBrowser {
    /// What this message amounts to, sent by this socket.
    ///
    /// # Errors
    /// What is in it is too long, no text, or a number that cannot be.
    pub fn meaning(self, from: ConnectionId) -> Result<Meaning, Refusal> {
        let order = |order| Meaning::Step(What::Ordered { by: By::Connection(from), order });
        Ok(match self {
            Self::Ping { n } => Meaning::Ping { n },
            Self::Description { to, kind, sdp } => {
                check_sdp(&sdp)?;
                Meaning::Pass(Passing::Description { to, kind, sdp: relayed_lines(&sdp) })
            }
            Self::Candidate { to, candidate, sdp_mid, sdp_m_line_index } => {
                check_candidate(&candidate, sdp_mid.as_deref())?;
                let candidate = match candidate.as_str() {
                    "" => candidate,
                    _ => relayed(&candidate).ok_or(Refusal::NotRelayed)?,
                };
                Meaning::Pass(Passing::Candidate { to, candidate, sdp_mid, sdp_m_line_index })
            }
            Self::RestartIce { to } => Meaning::Pass(Passing::RestartIce { to }),
            Self::Chat { text } => Meaning::Pass(Passing::Chat(said(&text)?)),
            Self::Caption { text } => Meaning::Pass(Passing::Caption(said(&text)?)),
            Self::Media(media) => media_of(from, media),
            Self::Quality(report) => {
                report.check().map_err(|_| Refusal::OutOfBounds)?;
                Meaning::Quality(report)
            }
            Self::Leave {} => Meaning::Step(What::Leave { connection: from }),
            Self::Admit { seat } => order(Order::Admit(seat)),
            Self::SendBack { seat } => order(Order::SendBack(seat)),
            Self::Remove { seat } => order(Order::Remove(seat)),
            Self::TakeOver { seat } => order(Order::TakeOver(seat)),
            Self::AllowChat { allowed } => order(Order::AllowChat(allowed)),
            Self::EndForAll {} => order(Order::EndForAll),
            Self::MoveTo { channel } => order(Order::MoveTo(channel)),
        })
    }
}

fn media_of(connection: ConnectionId, media: Media) -> Meaning {
    Meaning::Step(What::Media { connection, media })
}

/// The other browser reads it; here only what no description is.
fn check_sdp(sdp: &str) -> Result<(), Refusal> {
    if sdp.len() > LONGEST_SDP {
        return Err(Refusal::TooLong);
    }
    let is_line = |c: char| !c.is_control() || matches!(c, '\r' | '\n');
    if sdp.starts_with("v=0") && sdp.chars().all(is_line) { Ok(()) } else { Err(Refusal::NotText) }
}

/// A candidate that leads to a relay, without the browser's own address behind it (`raddr`):
/// neither side shall learn the other's, whatever its page does (article 6). None for any other.
fn relayed(candidate: &str) -> Option<String> {
    let mut words: Vec<&str> = candidate.split(' ').collect();
    let after =
        |words: &[&str], name: &str| words.iter().position(|word| *word == name)?.checked_add(1);
    let kind = after(&words, "typ").and_then(|at| words.get(at).copied());
    if kind != Some("relay") {
        return None;
    }
    for (name, nothing) in [("raddr", "0.0.0.0"), ("rport", "0")] {
        if let Some(place) = after(&words, name).and_then(|at| words.get_mut(at)) {
            *place = nothing;
        }
    }
    Some(words.join(" "))
}

/// A description with no candidate in it but relayed ones.
fn relayed_lines(sdp: &str) -> String {
    let keep = |line: &str| match line.strip_prefix("a=") {
        Some(attribute) if attribute.starts_with("candidate:") => {
            let end = line.len() - line.trim_end_matches(['\r', '\n']).len();
            let (text, end) = line.split_at(line.len() - end);
            relayed(text.get(2..)?).map(|candidate| format!("a={candidate}{end}"))
        }
        _ => Some(line.to_owned()),
    };
    sdp.split_inclusive('\n').filter_map(keep).collect()
}

fn check_candidate(candidate: &str, mid: Option<&str>) -> Result<(), Refusal> {
    if candidate.len() > LONGEST_CANDIDATE || mid.is_some_and(|mid| mid.len() > LONGEST_MID) {
        return Err(Refusal::TooLong);
    }
    let is_plain = |text: &str| text.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    let is_candidate = candidate.is_empty() || candidate.starts_with("candidate:");
    if is_candidate && is_plain(candidate) && mid.is_none_or(is_plain) {
        Ok(())
    } else {
        Err(Refusal::NotText)
    }
}

fn said(text: &str) -> Result<FreeText, Refusal> {
    let text = FreeText::parse(text, LONGEST_SAID).map_err(|refusal| match refusal {
        TextRefusal::TooLong => Refusal::TooLong,
        TextRefusal::Control | TextRefusal::BidiControl => Refusal::NotText,
    })?;
    if text.is_empty() { Err(Refusal::Empty) } else { Ok(text) }
}
