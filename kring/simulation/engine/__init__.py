"""The event calendar and the two ways of working, as pure functions over arrays: no room, no file, no family data."""
