"""The stages of a round, one file each; sim.engine.rounds holds their order."""
