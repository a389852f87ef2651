"""What leaves for research: a protocol, who said yes when asked apart, a table without a name."""
