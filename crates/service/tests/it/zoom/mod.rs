//! Sessions in Zoom: what Zoom tells becomes facts; meetings are made and looked after.

mod signs;
