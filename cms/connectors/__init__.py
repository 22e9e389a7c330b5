"""Services done on this site: each item's connector asks its provider's computer, and nothing personal stays here."""
