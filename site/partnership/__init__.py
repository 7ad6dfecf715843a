"""The project: settings, addresses and what every room of the house stands on."""
