"""The six stages of a round, one file each, in this order: events, deliberate, conduct, attribute, respond, learn."""
