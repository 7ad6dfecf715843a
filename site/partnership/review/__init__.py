"""Review by every city: what one writes, the other reads before it is published."""
