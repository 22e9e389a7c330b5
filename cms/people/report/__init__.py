"""人员状况: idle accounts, units without editors or reviewers, people without units, forms that are not confirmed."""
