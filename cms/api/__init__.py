"""The read API: Wagtail's API v2 with our endpoints, strict parameters and an exact description of itself.

Direction inside the room: errors, values, parameters ← filters, order, search, places ← serializers, companions ←
views ← endpoints ← urls. All views are anonymous reads: no session, no cookies, the same answer for everybody.
"""
