"""One threshold per file; each file says where its number comes from."""
