"""Sign-off: who is who, which approvals a text needs, the verdict for each role, and what of it is recorded."""
