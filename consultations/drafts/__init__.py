"""Draft texts that residents comment paragraph by paragraph, in versions."""
