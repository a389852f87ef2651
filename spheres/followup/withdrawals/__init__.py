"""A worker who knows a person outside work withdraws; nobody falls between two chairs."""
