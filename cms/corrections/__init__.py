"""本站纠错: who answers for a page, and what to tell them. The desk that takes reports may later stand here."""
