"""Something of a person may have been seen, lost or sent wrongly: told, registered, answered."""
