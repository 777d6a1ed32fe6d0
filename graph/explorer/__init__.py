"""The pages of agencies, policies and evidence."""
