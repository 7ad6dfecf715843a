"""Live questions: asked from phones while an event goes on, taken in turn, kept with answers."""
