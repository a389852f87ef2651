"""The accompaniment itself: admission, the file's pages, and each kind of record."""
