"""The pages on which people look things up: agencies, policies, indicators, and the words behind every line."""
