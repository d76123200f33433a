//! The edge: pages, forms and the files that a browser asks for.

pub mod assets;
pub mod fields;
pub mod page;

#[cfg(test)]
mod specimen;
