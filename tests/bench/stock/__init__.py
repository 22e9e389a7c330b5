"""The judge: a plain Wagtail site as a competent developer builds it from the tutorial, with the same content.

Nothing here imports the project. `STOCK_MENU_CACHED=true` is the same site with its menu kept in the cache, the first
thing an experienced developer would do.
"""
