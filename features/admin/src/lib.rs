//! admin: see the README of this room.
