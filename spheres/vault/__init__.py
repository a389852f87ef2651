"""The only place that encrypts or decrypts; to open is to leave a trace first."""
