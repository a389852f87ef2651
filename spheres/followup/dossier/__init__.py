"""The file's pages: it reads the registry of records and knows no kind of record."""
