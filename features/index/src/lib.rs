//! index: see the README of this room.
