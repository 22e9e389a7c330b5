"""My industries (我的行业, §4.1.6): a choice of industries, districts and units that is an address, no account."""
