//! Sockets of the relay. Those that relay reach nothing but each other: the relay cannot be used
//! to reach into the network it stands in (RFC 8656 21.4).

use std::any::Any;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::net::UdpSocket;
use turn::relay::RelayAddressGenerator;
use webrtc_util::Conn;

use super::RelaySettings;
use crate::secrets::random;

type Answer<T> = Result<T, webrtc_util::Error>;

/// Makes sockets on the relay's own ports.
pub(super) struct OwnPorts {
    bound: IpAddr,
    public: IpAddr,
    ports: RangeInclusive<u16>,
}

/// How many ports are tried before the relay is said to be full.
const ATTEMPTS: u32 = 64;

impl OwnPorts {
    pub(super) fn new(settings: &RelaySettings) -> Self {
        Self { bound: settings.listen.ip(), public: settings.public, ports: settings.ports.clone() }
    }
}

#[async_trait]
impl RelayAddressGenerator for OwnPorts {
    fn validate(&self) -> Result<(), turn::Error> {
        match self.ports.is_empty() || *self.ports.start() == 0 {
            true => Err(turn::Error::ErrMinPortNotZero),
            false => Ok(()),
        }
    }

    /// A browser may ask for IPv6 or for a port; it gets what there is, or nothing.
    async fn allocate_conn(
        &self,
        use_ipv4: bool,
        _: u16,
    ) -> Result<(Arc<dyn Conn + Send + Sync>, SocketAddr), turn::Error> {
        if use_ipv4 != self.bound.is_ipv4() {
            return Err(turn::Error::ErrPeerAddressFamilyMismatch);
        }
        let (first, last) = (*self.ports.start(), *self.ports.end());
        for _ in 0..ATTEMPTS {
            let offset = random(u32::from(last - first) + 1);
            let port = first + u16::try_from(offset).unwrap_or(0);
            let Ok(socket) = UdpSocket::bind((self.bound, port)).await else { continue };
            let guarded = Guarded {
                socket,
                bound: self.bound,
                public: self.public,
                ports: self.ports.clone(),
            };
            return Ok((Arc::new(guarded), SocketAddr::new(self.public, port)));
        }
        Err(turn::Error::ErrMaxRetriesExceeded)
    }
}

/// A socket that hears and reaches only the relay's own ports.
struct Guarded {
    socket: UdpSocket,
    bound: IpAddr,
    public: IpAddr,
    ports: RangeInclusive<u16>,
}

impl Guarded {
    /// Where a packet for `target` goes within this machine; nowhere if that is not the relay.
    fn inside(&self, target: SocketAddr) -> Option<SocketAddr> {
        let is_own = target.ip() == self.public && self.ports.contains(&target.port());
        let loopback = match self.bound {
            IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
            IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        };
        let host = if self.bound.is_unspecified() { loopback } else { self.bound };
        is_own.then(|| SocketAddr::new(host, target.port()))
    }

    /// Which of the relay's addresses a packet from within this machine is from.
    fn outside(&self, source: SocketAddr) -> Option<SocketAddr> {
        let is_own = self.ports.contains(&source.port())
            && (source.ip() == self.bound
                || (self.bound.is_unspecified() && source.ip().is_loopback()));
        is_own.then(|| SocketAddr::new(self.public, source.port()))
    }
}

#[async_trait]
impl Conn for Guarded {
    async fn connect(&self, _: SocketAddr) -> Answer<()> {
        Err(webrtc_util::Error::ErrNoRemAddr)
    }

    async fn recv(&self, buffer: &mut [u8]) -> Answer<usize> {
        self.recv_from(buffer).await.map(|(length, _)| length)
    }

    async fn recv_from(&self, buffer: &mut [u8]) -> Answer<(usize, SocketAddr)> {
        loop {
            let (length, source) = self.socket.recv_from(buffer).await?;
            if let Some(source) = self.outside(source) {
                return Ok((length, source));
            }
        }
    }

    async fn send(&self, _: &[u8]) -> Answer<usize> {
        Err(webrtc_util::Error::ErrNoRemAddr)
    }

    /// A packet for elsewhere is swallowed: an error would end the whole allocation.
    async fn send_to(&self, packet: &[u8], target: SocketAddr) -> Answer<usize> {
        match self.inside(target) {
            Some(target) => Ok(self.socket.send_to(packet, target).await?),
            None => Ok(packet.len()),
        }
    }

    fn local_addr(&self) -> Answer<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        None
    }

    async fn close(&self) -> Answer<()> {
        Ok(())
    }

    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }
}
