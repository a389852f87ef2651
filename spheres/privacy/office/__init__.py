"""What waits for whoever guards privacy in an organisation, and the ways to all of it."""
