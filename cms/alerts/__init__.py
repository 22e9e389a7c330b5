"""应急横幅: shown on the pages in scope, told to other sites, and stored answers that it changes marked as stale."""
