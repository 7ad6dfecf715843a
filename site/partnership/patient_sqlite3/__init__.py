"""SQLite whose writers have equal chances; a database backend of Django, named in ENGINE."""
