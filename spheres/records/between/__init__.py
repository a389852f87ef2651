"""What one folder needs of another that it does not know: said here, by each, once ready."""
