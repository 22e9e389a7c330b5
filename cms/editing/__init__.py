"""What saves a clerk's afternoon: copy last year's item, import many from a spreadsheet, found a unit in one step."""
