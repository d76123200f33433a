//! stub
use crate::{app::*, error::*, store::Tx};
use jiff::Timestamp;
pub struct Order {
    pub application: i64,
    pub letter: rules::letters::Letter,
    pub sequence: u32,
    pub key: String,
}
pub struct Written;
pub enum Delivery {
    Sent,
    ByHand,
    Later(String),
    Never(String),
}
pub struct Post;
impl Post {
    pub fn send(&self, _: &Site, _: &Written) -> Delivery {
        Delivery::Sent
    }
}
pub fn write(_: &mut Tx<'_>, _: &Context, _: &Order) -> Result<Option<Written>, Error> {
    Ok(None)
}
pub fn note_sent(_: &mut Tx<'_>, _: &str, _: Timestamp) -> Result<(), Error> {
    Ok(())
}
pub fn note_undeliverable(_: &mut Tx<'_>, _: &str) -> Result<(), Error> {
    Ok(())
}
