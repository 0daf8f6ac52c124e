"""One structural fix, few other actions, each with an owner and a date."""
