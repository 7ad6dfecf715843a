"""What editors see of the languages of their pages: a report, their desk, lists, the editor."""
