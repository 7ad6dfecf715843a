"""Every mail of the site, written with the change and delivered after it."""
