"""How pages reach readers: cache, policy, health."""
