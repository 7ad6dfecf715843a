"""Tables that leave the site as files: columns, cells that can be no formula, writers."""
