"""Words every area shares: tiny, pure, without tables and without pages."""
