"""The list of sensitive words as a spreadsheet: out, edited in WPS, in again."""
