"""Every form of the room; each `act()` calls one action."""
