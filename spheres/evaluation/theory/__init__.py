"""How does the programme expect to help, and what tells whether it does? Its theory of change."""
