//! SQL of this room alone: what the kit does not ask.
