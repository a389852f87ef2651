"""Calendar addresses: a worker's own hours, for her own calendar, and nothing of anybody."""
