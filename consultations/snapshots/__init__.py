"""The final results of a consultation: frozen with their digest, so that later drift is seen."""
