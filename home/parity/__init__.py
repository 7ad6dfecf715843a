"""The cities side by side: who takes part, what is promised, which words come first."""
