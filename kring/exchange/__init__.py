"""Exchange: messages of the outside world; their words stop here."""
