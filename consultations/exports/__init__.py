"""What was said in a consultation, as files that anybody can count again."""
