"""What travels between the worker and this service; golden files keep TypeScript in step."""
